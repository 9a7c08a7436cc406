using System.Text.RegularExpressions;
using QualityIngest.TestKit;

namespace QualityIngest.Api.Tests.Architecture;

/// <summary>Who works past row-level security is a short list, and everything new on it is looked at.</summary>
public sealed partial class SessionTests
{
    [Fact]
    public void Only_these_open_pipeline_sessions() => Assert.Equal(
    [
        "Connectors/ConnectorHealth.cs",
        "Ingest/Admission.cs",
        "Ingest/BatchFailures.cs",
        "Ingest/BatchFold.cs",
        "Ingest/BatchImport.cs",
        "Ingest/BatchListing.cs",
        "Ingest/BatchSealing.cs",
        "Ingest/BatchStep.cs",
        "Ingest/Discovery.cs",
        "Ingest/FeedSweep.cs",
        "Ingest/FileLedger.cs",
        "Ingest/FileStep.cs",
        "Ingest/NoticeStep.cs",
        "Ingest/QuotaSweep.cs",
        "Ingest/ReleaseStep.cs",
        "Ingest/ResolveStep.cs",
        "Ingest/RetryStep.cs",
        "Ingest/RowBatches.cs",
        "Ingest/ScanStep.cs",
        "Ingest/StaleSweep.cs",
        "Ingest/TranscriptReader.cs",
        "Ingest/WorkLoop.cs",
        "Quotas/DailyQuota.cs",
        "Rebuild/ReadTables.cs",
        "Scans/ScanDirectory.cs",
        "Scans/ScanLog.cs",
        "Webhooks/Delivery/DeliveryQueue.cs",
        "Webhooks/Delivery/EndpointCallers.cs",
        "Webhooks/Delivery/Outbox.cs",
        "Webhooks/RedeliverStep.cs",
    ], Openers("Pipeline"));

    [Fact]
    public void Only_these_open_system_sessions() => Assert.Equal(
    [
        "Connectors/ConnectorAccess.cs",
        "Connectors/ProbeLoop.cs",
        "Conversations/Erasure/ErasureDirectory.cs",
        "Idempotency/KeptAnswers.cs",
        "Ingest/DeadLetters.cs",
        "Ingest/FeedSweep.cs",
        "Ingest/QuotaSweep.cs",
        "Ingest/ReleaseSweep.cs",
        "Ingest/StaleSweep.cs",
        "Notifications/NotificationInbox.cs",
        "Quotas/TenantQuotas.cs",
        "Rebuild/ReadTables.cs",
        "Retention/RetentionSweep.cs",
        "Secrets/SecretRotation.cs",
        "Telemetry/Gauges.cs",
        "Tenants/ApiKeys.cs",
        "Tenants/AuditTrail.cs",
        "Tenants/BootstrapKey.cs",
        "Tenants/KeyCheck.cs",
        "Tenants/KeyUse.cs",
        "Tenants/ServiceGrants.cs",
        "Tenants/TenantRegistry.cs",
        "Webhooks/Delivery/DeliveryQueue.cs",
    ], Openers("System"));

    [Fact]
    public void Only_schedules_step_out_of_a_requests_role() =>
        Assert.Equal(
            ["Conversations/Erasure/ConversationErasure.cs", "Scheduling/Schedules.cs"],
            Sources("core/Domain")
                .Where(file => File.ReadAllText(file).Contains(".AsOwner(", StringComparison.Ordinal))
                .Select(file => Path.GetRelativePath(Path.Combine(Checkout.Root, "core/Domain"), file))
                .Order(StringComparer.Ordinal));

    [Fact]
    public void The_api_opens_no_session_and_speaks_no_sql() =>
        Assert.DoesNotContain(Sources("api"), file => SessionOrSql().IsMatch(File.ReadAllText(file)));

    [Fact]
    public void Only_the_catalogue_of_graphql_names_tables() =>
        Assert.All(
            Sources("api").Where(file => TableName().IsMatch(File.ReadAllText(file))),
            file => Assert.StartsWith("api/GraphQL/Catalogue/", Path.GetRelativePath(Checkout.Root, file), StringComparison.Ordinal));

    private static IEnumerable<string> Openers(string session) =>
        Sources("core/Domain")
            .Where(file => File.ReadAllText(file).Contains($"postgres.{session}(", StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(Path.Combine(Checkout.Root, "core/Domain"), file))
            .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Sources(string room) =>
        Directory.EnumerateFiles(Path.Combine(Checkout.Root, room), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));

    [GeneratedRegex(@"\bqi\.[a-z_]+")]
    private static partial Regex TableName();

    [GeneratedRegex(@"\bpostgres\.(Tenant|Reading|Pipeline|System)\(|new Statement\(|Npgsql(Command|Batch)\b", RegexOptions.IgnoreCase)]
    private static partial Regex SessionOrSql();
}
