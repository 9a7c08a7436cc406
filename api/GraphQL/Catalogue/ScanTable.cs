using QualityIngest.Domain.Tenants;
using QualityIngest.GraphQL.Catalogue;

namespace QualityIngest.Api.GraphQL.Catalogue;

/// <summary>Scans: the log of what each connector found, and when.</summary>
internal static class ScanTable
{
    public const string Type = "Scan";

    public static void Declare(CatalogueBuilder c, Words words) => c.Table(Type, "One look of a connector at its bucket.", "qi.scans", t =>
    {
        t.NodeKey("id").DefaultOrder("STARTED_AT_DESC").Requires(Scopes.ConnectorsRead);
        t.Uuid("connectorId", "connector_id", "The connector that scanned.").NotNull().Filter();
        t.Enum("trigger", "trigger", words.ScanTrigger, "What started it.").NotNull().Filter();
        t.Enum("status", "status", words.ScanStatus, "Where it stands.").NotNull().Filter();
        t.Time("dueAt", "due_at", "When it was due.").NotNull().Filter();
        t.Time("startedAt", "started_at", "When it was started.").NotNull().Filter().Order();
        t.Time("finishedAt", "finished_at", "When it ended.").Filter();
        t.Object("counts", "ScanCounts", "What a scan found.", null, n =>
        {
            n.Long("pages", "pages", "Listing pages.").NotNull();
            n.Long("listed", "listed", "Objects on them, media included.").NotNull();
            n.Long("discovered", "discovered", "Files seen for the first time.").NotNull();
            n.Long("changed", "changed", "Files with a new ETag.").NotNull();
            n.Long("removed", "removed", "Files gone from the bucket.").NotNull();
            n.Long("skipped", "skipped", "Files with nothing to ingest.").NotNull();
            n.Long("ignored", "ignored", "Files from before the time that the connector ingests from.").NotNull();
        });
        t.Text("errorCode", "error_code", "Why it failed, as a stable word.").Filter();
        t.Text("errorDetail", "error_detail", "The same for people.");
        t.One("connector", ConnectorTable.Type, "connector_id", "The connector that scanned.").NotNull().FilterBy("name");
    });
}
