using QualityIngest.Domain.Tenants;
using QualityIngest.GraphQL.Catalogue;

namespace QualityIngest.Api.GraphQL.Catalogue;

/// <summary>What every row of a feed has beside its own columns: what else its source wrote, and where it came from.</summary>
internal static class FeedRowColumns
{
    public static void Declare(TableBuilder t)
    {
        t.Json("attributes", "attributes", "Columns that the schema of the feed does not know.").Requires(Scopes.TranscriptsRead);
        t.Texts("warnings", "warnings", "Codes of what was assumed or ignored.").NotNull();
        t.Long("line", "line", "The row's line in its file.").NotNull();
        t.Uuid("connectorId", "connector_id", "The connector that brought it.").NotNull().Filter();
        t.One("connector", ConnectorTable.Type, "connector_id", "The connector that brought it.").Dimension();
        t.One("batch", BatchTable.Type, "batch_id", "The batch that it came in.");
        t.One("file", FileTable.Type, "file_id", "The file that it stands in.");
    }
}
