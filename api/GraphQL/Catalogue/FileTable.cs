using QualityIngest.Domain.Tenants;
using QualityIngest.GraphQL.Catalogue;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.Api.GraphQL.Catalogue;

/// <summary>Files: what became of every object, and the rows that were refused.</summary>
internal static class FileTable
{
    public const string Type = "File", Rejection = "Rejection";

    public static void Declare(CatalogueBuilder c, Words words)
    {
        c.Table(Type, "One object of a bucket, and what became of it.", "qi.files", t =>
        {
            t.NodeKey("id").DefaultOrder("DISCOVERED_AT_DESC").Requires(Scopes.ConnectorsRead);
            t.Text("key", "key", "The object's key, exactly as the bucket has it.").NotNull().FilterWithPrefix();
            t.Text("etag", "etag", "The version's ETag, without quotes.").NotNull();
            t.Long("size", "size", "Stored bytes.").NotNull().Filter().Metric();
            t.Time("lastModified", "last_modified", "When the bucket says that it was last modified.").NotNull().Filter();
            t.Enum("status", "status", words.FileStatus, "Where it stands.").NotNull().Filter().Dimension();
            t.Boolean("removed", "removed", "Whether it is gone from the bucket; what came of it stays.").NotNull().Filter();
            t.Text("errorCode", "error_code", "Why it failed or was skipped, as a stable word.").Filter().Dimension();
            t.Text("errorDetail", "error_detail", "The same for people.");
            t.Boolean("retryable", "retryable", "Whether a retry can help.").NotNull().Filter();
            t.Object("counts", "FileCounts", "What became of a file's rows: those read are the sum of all others.", null, Counts);
            t.Uuid("connectorId", "connector_id", "The connector that saw this version.").NotNull().Filter();
            t.Uuid("batchId", "batch_id", "The batch that it belongs to (feeds).").Filter();
            t.Long("version", "version", "Rises with every event; its ETag in the REST API.").NotNull();
            t.Time("discoveredAt", "discovered_at", "When it was first seen.").NotNull().Filter().Order().TimeDimension();
            t.Time("updatedAt", "updated_at", "When its last event happened.").NotNull().Filter();
            t.One("connector", ConnectorTable.Type, "connector_id", "The connector that saw this version.").NotNull().FilterBy("name").Dimension();
            t.One("batch", BatchTable.Type, "batch_id", "The batch that it belongs to (feeds).");
            t.Connection("rejections", Rejection, "file_id", "What was refused of its rows.").Plain();
            t.Connection("conversations", ConversationTable.Type, "file_id", "The conversations whose current revision it holds.");
        });
        c.Table(Rejection, "One fault of one refused row.", "qi.file_rejections", t =>
        {
            t.Key("line", ScalarKind.Long).Key("ordinal", ScalarKind.Int).Requires(Scopes.ConnectorsRead);
            t.Long("line", "line", "The line that the row starts on, or its number in the order of all rows, from 1.").NotNull();
            t.Text("externalId", "external_id", "The row's conversation id, where it could be read.");
            t.Text("field", "field", "The field at fault; null: the whole row.");
            t.Text("code", "code", "Why, as a stable word.").NotNull();
            t.Text("message", "message", "The same for people.").NotNull();
            t.Object("place", "RejectionPlace", "Where a row stands, in files of members, lines or elements.", PlaceColumns.NullWhen, PlaceColumns.Declare);
        });
    }

    private static void Counts(RowBuilder n)
    {
        n.Long("read", "rows_read", "Rows that were read.").NotNull().Metric();
        n.Long("accepted", "accepted", "Accepted.").NotNull().Metric();
        n.Long("held", "held", "Accepted, and waiting for something.").NotNull().Metric();
        n.Long("duplicate", "duplicate", "Accepted from elsewhere before.").NotNull().Metric();
        n.Long("superseded", "superseded", "Older than what was accepted before.").NotNull().Metric();
        n.Long("erased", "erased", "Of conversations that were erased.").NotNull().Metric();
        n.Long("rejected", "rejected", "Refused.").NotNull().Filter().Metric();
    }
}
