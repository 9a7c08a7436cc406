using QualityIngest.Domain.Tenants;
using QualityIngest.GraphQL.Catalogue;

namespace QualityIngest.Api.GraphQL.Catalogue;

/// <summary>Connectors: where conversations come from. Neither settings nor secrets of their access are here: the REST API shows the former.</summary>
internal static class ConnectorTable
{
    public const string Type = "Connector";

    public static void Declare(CatalogueBuilder c, Words words) => c.Table(Type, "A connector: which bucket is read, and as what.", "qi.connectors", t =>
    {
        t.NodeKey("id").DefaultOrder("CREATED_AT_ASC").Requires(Scopes.ConnectorsRead);
        t.Text("name", "name", "Its name, unique among the tenant's connectors that are not removed.").NotNull().Filter();
        t.Enum("format", "format", words.Format, "What its files hold.").NotNull().Filter();
        t.Text("namespace", "namespace", "The namespace of its conversations' external ids.").NotNull().Filter();
        t.Boolean("enabled", "enabled", "Whether its work is done.").NotNull().Filter();
        t.Boolean("removed", "({t}.deleted_at is not null)", "Whether it was removed; what it brought stays.").NotNull().Filter();
        t.Object("suspension", "Suspension", "Why a connector rests although it is enabled. It resumes by itself once a probe succeeds.", "{t}.suspended_at is null", s =>
        {
            s.Time("at", "suspended_at", "Since when.").NotNull();
            s.Text("code", "suspended_code", "What failed, as a stable word.").NotNull();
            s.Text("detail", "suspended_detail", "The same for people.");
            s.Text("resolution", "suspended_resolution", "What to do about it.");
        });
        t.Json("schedule", "schedule", "When it is scanned; null: by hand only.");
        t.Time("lastRefreshAt", "last_refresh_at", "When it was last refreshed by hand.");
        t.Time("lastDiscoveryAt", "last_discovery_at", "When a scan of it last reached the end of its listing.");
        t.Long("version", "version", "Rises with every change; its ETag in the REST API.").NotNull();
        t.Time("createdAt", "created_at", "When it was made.").NotNull().Filter().Order();
        t.Time("updatedAt", "updated_at", "When it was last changed.").NotNull().Filter();
        t.One("defaultQueue", DirectoryTables.Queue, "default_queue_id", "The queue of conversations whose format names none.");
        t.Connection("scans", ScanTable.Type, "connector_id", "Its scans, latest first.");
        t.Connection("files", FileTable.Type, "connector_id", "The files whose current version it saw.");
        t.Connection("batches", BatchTable.Type, "connector_id", "Its batches (feeds).");
        t.Connection("conversations", ConversationTable.Type, "connector_id", "The conversations whose current revision it brought.");
    });
}
