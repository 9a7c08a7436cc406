using QualityIngest.Domain.Tenants;
using QualityIngest.GraphQL.Catalogue;

namespace QualityIngest.Api.GraphQL.Catalogue;

/// <summary>Batches: directories of feeds, read as one.</summary>
internal static class BatchTable
{
    public const string Type = "Batch";

    public static void Declare(CatalogueBuilder c, Words words) => c.Table(Type, "One directory of a feed, imported as one once it is sealed.", "qi.batches", t =>
    {
        t.NodeKey("id").DefaultOrder("DISCOVERED_AT_DESC").Requires(Scopes.ConnectorsRead);
        t.Text("path", "path", "The directory, without the bucket.").NotNull().FilterWithPrefix();
        t.Text("feed", "feed", "The feed's name, as the path has it.").NotNull().Filter();
        t.Enum("kind", "kind", words.FeedKind, "What its rows are; null: the connector does not know the feed.").Filter();
        t.Enum("encoding", "encoding", words.Encoding, "How its files are written.").NotNull();
        t.Boolean("snapshot", "snapshot", "Whether it replaces all of its feed that is not newer.").NotNull().Filter();
        t.Date("date", "date", "The day that it is about, as the path has it.").Filter();
        t.Enum("status", "status", words.BatchStatus, "Where it stands.").NotNull().Filter();
        t.Time("sealedAt", "sealed_at", "When its marker was written.");
        t.Object("counts", "BatchCounts", "What a batch held and changed.", null, Counts);
        t.Text("errorCode", "error_code", "Why it failed, as a stable word.").Filter();
        t.Text("errorDetail", "error_detail", "The same for people.");
        t.Boolean("retryable", "retryable", "Whether a retry can help.").NotNull();
        t.Uuid("connectorId", "connector_id", "The connector that reads it.").NotNull().Filter();
        t.Long("version", "version", "Rises with every event; its ETag in the REST API.").NotNull();
        t.Time("discoveredAt", "discovered_at", "When it was first seen.").NotNull().Filter().Order();
        t.Time("updatedAt", "updated_at", "When its last event happened.").NotNull().Filter();
        t.Time("importedAt", "imported_at", "When its rows were first shown.").Filter();
        t.One("connector", ConnectorTable.Type, "connector_id", "The connector that reads it.").NotNull().FilterBy("name");
        t.Connection("files", FileTable.Type, "batch_id", "Its files.");
    });

    private static void Counts(RowBuilder n)
    {
        n.Long("files", "files", "Files.").NotNull();
        n.Long("read", "rows_read", "Rows that were read.").NotNull();
        n.Long("accepted", "accepted", "Accepted.").NotNull();
        n.Long("duplicate", "duplicate", "Said before in the same words.").NotNull();
        n.Long("superseded", "superseded", "Said again later in the same batch.").NotNull();
        n.Long("erased", "erased", "Of conversations that were erased.").NotNull();
        n.Long("rejected", "rejected", "Refused.").NotNull();
        n.Long("conversationsReceived", "conversations_received", "Conversations that it brought.").NotNull();
        n.Long("conversationsRevised", "conversations_revised", "Conversations that it changed.").NotNull();
        n.Long("conversationsWithdrawn", "conversations_withdrawn", "Conversations that it dropped.").NotNull();
        n.Long("conversationsRestored", "conversations_restored", "Conversations that it brought back.").NotNull();
    }
}
