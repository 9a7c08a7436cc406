using QualityIngest.Domain.Tenants;
using QualityIngest.GraphQL;
using QualityIngest.GraphQL.Catalogue;

namespace QualityIngest.Api.GraphQL.Catalogue;

/// <summary>
/// What can be asked for: the read tables of a tenant and what connects them. Row-level security shows each caller its own
/// tenant's rows; what a field needs beside that is the scope that it <c>Requires</c>.
/// </summary>
public static class ProductCatalogue
{
    /// <summary>Makes it.</summary>
    public static GraphQLCatalogue Create() => GraphQLCatalogue.Declare("A tenant's conversations, and where they come from.", c =>
    {
        var words = new Words(c);
        ConversationTable.Declare(c, words);
        MessageTable.Declare(c, words);
        RevisionTable.Declare(c);
        DirectoryTables.Declare(c);
        ConnectorTable.Declare(c, words);
        ScanTable.Declare(c, words);
        FileTable.Declare(c, words);
        BatchTable.Declare(c, words);
        CallRecordTable.Declare(c);
        SaleTable.Declare(c, words);
        Start(c.Query);
    });

    private static void Start(QueryBuilder query)
    {
        query.One("conversation", ConversationTable.Type, "One conversation.");
        query.Connection("conversations", ConversationTable.Type, "Conversations, latest begun first. What was withdrawn or erased is not among them.");
        query.Statistics("conversationStats", ConversationTable.Type, "Counts and figures over conversations.");
        query.One("file", FileTable.Type, "One file.");
        query.Connection("files", FileTable.Type, "Files, latest discovered first.").Requires(Scopes.ConnectorsRead);
        query.Statistics("fileStats", FileTable.Type, "Counts and figures over files.").Requires(Scopes.ConnectorsRead);
        query.One("scan", ScanTable.Type, "One scan.");
        query.Connection("scans", ScanTable.Type, "Scans, latest first.").Requires(Scopes.ConnectorsRead);
        query.One("batch", BatchTable.Type, "One batch.");
        query.Connection("batches", BatchTable.Type, "Batches, latest discovered first.").Requires(Scopes.ConnectorsRead);
        query.One("connector", ConnectorTable.Type, "One connector.");
        query.Connection("connectors", ConnectorTable.Type, "Connectors, oldest first, those that were removed too.").Requires(Scopes.ConnectorsRead);
        query.One("queue", DirectoryTables.Queue, "One queue.");
        query.Connection("queues", DirectoryTables.Queue, "Queues, oldest first.").Requires(Scopes.ConnectorsRead);
        query.One("agent", DirectoryTables.Agent, "One agent.");
        query.Connection("agents", DirectoryTables.Agent, "Agents, oldest first.").Requires(Scopes.ConnectorsRead);
        query.One("callRecord", CallRecordTable.Type, "One call record.");
        query.Connection("callRecords", CallRecordTable.Type, "Call records, latest first.");
        query.Statistics("callRecordStats", CallRecordTable.Type, "Counts and figures over call records.");
        query.One("sale", SaleTable.Type, "One sale.");
        query.Connection("sales", SaleTable.Type, "Sales, latest first.");
        query.Statistics("saleStats", SaleTable.Type, "Counts and figures over sales.");
    }
}
