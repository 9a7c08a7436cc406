using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using QualityIngest.Database;
using QualityIngest.Domain;
using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Conversations.Erasure;
using QualityIngest.Domain.Directory;
using QualityIngest.Domain.Feeds;
using QualityIngest.Domain.Feeds.CallRecords;
using QualityIngest.Domain.Feeds.Sales;
using QualityIngest.Domain.Files;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Formats.Feeds;
using QualityIngest.Domain.Notifications;
using QualityIngest.Domain.Quotas;
using QualityIngest.Domain.Scans;
using QualityIngest.Domain.Tenants;
using QualityIngest.Domain.Usage;
using QualityIngest.Domain.Webhooks;
using QualityIngest.Domain.Webhooks.Delivery;

namespace QualityIngest.Api.Tests.Architecture;

/// <summary>
/// Every list and filter, run as the request role over the rows of several tenants, reaches its rows by an index:
/// PostgreSQL's own counters say whether a table was scanned from end to end.
/// </summary>
public sealed class PlanTests(PlanTests.Host host) : IClassFixture<PlanTests.Host>
{
    private static readonly Caller Caller = new("plan-1", Guid.Empty, new HashSet<string>());
    private static readonly Guid Some = Guid.Parse("00000000-0000-7000-8000-000000000001");
    private static readonly PageRequest<Guid> First = new(50);
    private static readonly PageRequest<Guid> Later = new(50, new(DateTimeOffset.UnixEpoch.AddYears(56), Some));

    public static TheoryData<string> Lists { get; } =
    [
        "conversations", "conversations, later page", "conversations by connector", "conversations by file", "conversations by queue",
        "conversations by agent", "conversations by channel", "conversations by status", "conversations by external id",
        "conversations by time", "conversations by the source's agent", "conversations by resolution", "conversations by score",
        "conversation members", "transcript", "files", "files, later page", "files by connector", "files by status", "rejections", "scans",
        "connectors", "queues", "agents", "queue mappings", "usage", "file", "conversation", "conversation events", "file events", "notifications",
        "files by batch", "batches", "batches, later page", "batches by connector", "batches by status", "batches by feed", "batches by kind",
        "batches by date", "batch", "batches to re-import", "a batch's files",
        "call records", "call records, later page", "call records of a conversation", "call records by the source's conversation",
        "call records by customer", "call records by connector", "call records by batch", "call records by queue", "call records by disposition",
        "call records that were transferred", "call records by time", "call record",
        "sales", "sales, later page", "sales of a conversation", "sales by issue", "sales by customer", "sales by transaction", "sales by product",
        "sales by attribution", "sales by connector", "sales by batch", "sales by time", "sale",
        "conversations of call records", "oldest waiting files", "deferred files that fit", "tenants that defer",
        "endpoints", "endpoint", "deliveries", "deliveries, later page", "deliveries to an endpoint", "deliveries of an event", "deliveries of a type",
        "deliveries in a state", "deliveries by time", "deliveries to an endpoint in a state", "deliveries of a type to an endpoint",
        "deliveries of a type in a state", "deliveries to an endpoint by time", "delivery", "events", "events of a connector",
        "endpoints with something due", "what is due", "what is due in order", "records of attempts", "a lease's renewal", "messages of events",
        "messages of events to nobody", "a replay", "where a replay begins", "failed deliveries to retry",
        "erasures", "old rejections", "old deliveries", "old scans", "old dead letters", "expired answers",
        "tenants", "tenants, later page", "keys", "keys, later page", "a tenant's keys", "a tenant's keys, later page",
    ];

    [SkippableTheory]
    [MemberData(nameof(Lists))]
    public async Task A_list_reaches_its_rows_by_an_index(string list)
    {
        await Execute("select pg_stat_reset()");

        await Run(list);

        await SessionsEnd(host);
        await using var command = host.Database.Source.CreateCommand(
            """
            select coalesce(string_agg(relname, ', '), '')
            from pg_stat_user_tables
            where seq_scan > 0 and (relname in (
                'conversations', 'conversation_contents', 'files', 'file_rejections', 'scans', 'agents', 'queues', 'connectors',
                'quota_charges', 'notification_addresses', 'batches', 'feed_imports', 'call_records', 'sales', 'mt_events', 'mt_streams',
                'webhook_endpoints', 'webhook_senders', 'webhook_deliveries', 'webhook_attempts', 'erased_conversations', 'work_items',
                'idempotency_keys', 'api_keys')
                or $1 and relname = 'tenants')
            """);
        // What looks at every tenant in turn reads them all.
        command.Parameters.Add(new() { Value = list.StartsWith("tenants,", StringComparison.Ordinal) || list == "tenants" });
        Assert.Equal("", await command.ExecuteScalarAsync());
    }

    /// <summary>A session's counters are sure to be published when it has ended.</summary>
    private static async Task SessionsEnd(Host host)
    {
        host.Services.GetRequiredService<NpgsqlDataSource>().Clear();
        host.Database.Source.Clear();
        await Ingest.Arranged.Until(async () =>
        {
            await using var others = host.Database.Source.CreateCommand(
                "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
            return (long)(await others.ExecuteScalarAsync())! == 0;
        });
    }

    private Task Run(string list) => list switch
    {
        "conversations" => Conversations(new()),
        "conversations, later page" => Of<ConversationDirectory>().List(Caller, new(), Later, default),
        "conversations by connector" => Conversations(new() { ConnectorId = Some }),
        "conversations by file" => Conversations(new() { FileId = Some }),
        "conversations by queue" => Conversations(new() { QueueId = Some }),
        "conversations by agent" => Conversations(new() { AgentId = Some }),
        "conversations by channel" => Conversations(new() { Channel = Channel.Voice }),
        "conversations by status" => Conversations(new() { Status = ConversationStatus.Held }),
        "conversations by external id" => Conversations(new() { ExternalId = "c-77" }),
        "conversations by time" => Conversations(new() { From = DateTimeOffset.UnixEpoch.AddYears(55), To = DateTimeOffset.UnixEpoch.AddYears(56) }),
        "conversations by the source's agent" => Conversations(new() { ExternalAgentId = "agent-7" }),
        "conversations by resolution" => Conversations(new() { IsResolved = false }),
        "conversations by score" => Conversations(new() { CsatMin = 1.5, CsatMax = 2 }),
        "conversation members" => Of<ConversationDirectory>().Members(Caller, Some, null, default),
        "transcript" => Of<ConversationDirectory>().Transcript(Caller, Some, null, default),
        "files" => Of<FileDirectory>().List(Caller, new(null, null, null, null, null), First, default),
        "files, later page" => Of<FileDirectory>().List(Caller, new(null, null, null, null, null), Later, default),
        "files by connector" => Of<FileDirectory>().List(Caller, new(Some, null, null, null, null), First, default),
        "files by status" => Of<FileDirectory>().List(Caller, new(null, FileStatus.Failed, null, null, null), First, default),
        "rejections" => Of<FileDirectory>().Rejections(Caller, Some, new(50), default),
        "scans" => Of<ScanDirectory>().List(Caller, Some, First, default),
        "connectors" => Of<ConnectorDirectory>().List(Caller, First, default),
        "queues" => Of<QueueDirectory>().List(Caller, First, default),
        "agents" => Of<AgentDirectory>().List(Caller, null, null, First, default),
        "queue mappings" => Of<QueueMappings>().Get(Caller, Some, default),
        "usage" => Of<UsageReport>().Get(Caller, default),
        "notifications" => Of<NotificationDirectory>().Get(Caller, Some, "https://ingest.example", default),
        "file" => Of<FileDirectory>().Get(Caller, Some, default),
        "conversation" => Of<ConversationDirectory>().Get(Caller, Some, default),
        "conversation events" => Of<ConversationDirectory>().Events(Caller, Some, default),
        "file events" => Of<FileDirectory>().Events(Caller, Some, default),
        "files by batch" => Of<FileDirectory>().List(Caller, new(null, null, null, null, null, Some), First, default),
        "batches" => Batches(new(null, null, null, null, null, null)),
        "batches, later page" => Of<BatchDirectory>().List(Caller, new(null, null, null, null, null, null), Later, default),
        "batches by connector" => Batches(new(Some, null, null, null, null, null)),
        "batches by status" => Batches(new(null, BatchStatus.AwaitingMarker, null, null, null, null)),
        "batches by feed" => Batches(new(null, null, "plan7", null, null, null)),
        "batches by kind" => Batches(new(null, null, null, FeedKind.CallRecordings, null, null)),
        "batches by date" => Batches(new(null, null, null, null, new(2025, 6, 10), new(2025, 6, 11))),
        "batch" => Of<BatchDirectory>().Get(Caller, Some, default),
        "batches to re-import" => Pipeline("Ingest/BatchesToReimport.sql", Caller.Tenant, Some, new DateOnly(2025, 6, 10), new DateOnly(2025, 6, 11), Guid.Empty, 500),
        "a batch's files" => Pipeline("Ingest/BatchFiles.sql", Caller.Tenant, Some, DateTime.UnixEpoch.AddYears(60)),
        "call records" => CallRecords(new()),
        "call records, later page" => Of<CallRecordDirectory>().List(Caller, new(), Later, default),
        "call records of a conversation" => CallRecords(new() { ConversationId = Some }),
        "call records by the source's conversation" => CallRecords(new() { ExternalConversationId = "c-77" }),
        "call records by customer" => CallRecords(new() { CustomerId = "k-77" }),
        "call records by connector" => CallRecords(new() { ConnectorId = Some }),
        "call records by batch" => CallRecords(new() { BatchId = Some }),
        "call records by queue" => CallRecords(new() { Queue = "q-7" }),
        "call records by disposition" => CallRecords(new() { Disposition = "d-7" }),
        "call records that were transferred" => CallRecords(new() { Transferred = true }),
        "call records by time" => CallRecords(new() { From = DateTimeOffset.UnixEpoch.AddYears(55), To = DateTimeOffset.UnixEpoch.AddYears(56) }),
        "call record" => Of<CallRecordDirectory>().Get(Caller, Some, default),
        "sales" => Sales(new()),
        "sales, later page" => Of<SaleDirectory>().List(Caller, new(), Later, default),
        "sales of a conversation" => Sales(new() { ConversationId = Some }),
        "sales by issue" => Sales(new() { IssueId = "c-77" }),
        "sales by customer" => Sales(new() { CustomerId = "k-77" }),
        "sales by transaction" => Sales(new() { TransactionId = "t-77" }),
        "sales by product" => Sales(new() { ProductId = "p-77" }),
        "sales by attribution" => Sales(new() { Attribution = SaleAttribution.Unattributed }),
        "sales by connector" => Sales(new() { ConnectorId = Some }),
        "sales by batch" => Sales(new() { BatchId = Some }),
        "sales by time" => Sales(new() { From = DateTimeOffset.UnixEpoch.AddYears(55), To = DateTimeOffset.UnixEpoch.AddYears(56) }),
        "sale" => Of<SaleDirectory>().Get(Caller, Some, default),
        "conversations of call records" => Pipeline("Feeds/CallRecords/Conversations.sql", Caller.Tenant, new[] { Some }, Guid.Empty, 200, 100),
        "oldest waiting files" => Pipeline("Ingest/OldestWaiting.sql", Caller.Tenant, "quality-csv", 1_000_000L, Some, 16),
        "deferred files that fit" => Pipeline("Ingest/DeferredThatFit.sql", Caller.Tenant, "quality-csv", 1_000_000L, 1_000),
        "tenants that defer" => Pipeline("Ingest/Deferring.sql"),
        "endpoints" => Of<EndpointDirectory>().List(Caller, First, default),
        "endpoint" => Of<EndpointDirectory>().Get(Caller, Some, default),
        "deliveries" => Deliveries(new()),
        "deliveries, later page" => Of<DeliveryDirectory>().List(Caller, new(), Later, default),
        "deliveries to an endpoint" => Deliveries(new() { EndpointId = Some }),
        "deliveries of an event" => Deliveries(new() { EventId = $"evt_{Some:N}" }),
        "deliveries of a type" => Deliveries(new() { EventType = "file.failed" }),
        "deliveries in a state" => Deliveries(new() { State = DeliveryState.Failed }),
        "deliveries by time" => Deliveries(new() { From = DateTimeOffset.UtcNow.AddHours(-2), To = DateTimeOffset.UtcNow.AddHours(-1) }),
        "deliveries to an endpoint in a state" => Deliveries(new() { EndpointId = Some, State = DeliveryState.Pending }),
        "deliveries of a type to an endpoint" => Deliveries(new() { EndpointId = Some, EventType = "file.failed" }),
        "deliveries of a type in a state" => Deliveries(new() { EventType = "file.failed", State = DeliveryState.Retrying }),
        "deliveries to an endpoint by time" => Deliveries(new() { EndpointId = Some, From = DateTimeOffset.UtcNow.AddHours(-2) }),
        "delivery" => Of<DeliveryDirectory>().Get(Caller, Some, default),
        "events" => Of<EventReader>().Read(Caller, new([], null), 0, 50, default),
        "events of a connector" => Of<EventReader>().Read(Caller, new(["scan.completed"], Some), 0, 50, default),
        "endpoints with something due" => Pipeline("Webhooks/Delivery/Acquire.sql", Guid.NewGuid(), TimeSpan.FromMinutes(1), 50),
        "what is due" => Pipeline("Webhooks/Delivery/Due.sql", Caller.Tenant, Some, new[] { Some }, 50),
        "what is due in order" => Pipeline("Webhooks/Delivery/DueInOrder.sql", Caller.Tenant, Some, long.MaxValue),
        "records of attempts" => Pipeline(
            "Webhooks/Delivery/Record.sql", Caller.Tenant, new[] { Some }, new[] { 2 }, new[] { 1 }, new int?[] { 200 }, new string?[] { null }, new string?[] { null },
            new[] { "delivered" }, new TimeSpan?[] { null }, Some, 0L, true, TimeSpan.FromDays(5)),
        "a lease's renewal" => Of<DeliveryQueue>().Renew(new(Some, Caller.Tenant, 7, 0), TimeSpan.FromMinutes(1), default),
        "messages of events" => Written(Caller.Tenant),
        "messages of events to nobody" => Written("plan-0"),
        "a replay" => Pipeline(
            "Webhooks/Replay.sql", Caller.Tenant, Some, Guid.NewGuid(), 0L, 1_000_000L, null, 500, new[] { "x" }, new[] { "scan.completed" }),
        "where a replay begins" => Pipeline("Webhooks/ReplayStart.sql", Caller.Tenant, 0L, 1_000_000L, DateTime.UtcNow, 1L),
        "failed deliveries to retry" => Change("Webhooks/RetryFailed.sql", Caller.Tenant, Some, DateTime.UnixEpoch, DateTime.UtcNow, 500),
        "erasures" => Of<ErasureDirectory>().List(Caller.Tenant, Later, default),
        "tenants" => Of<TenantRegistry>().List(new(50), default),
        "tenants, later page" => Of<TenantRegistry>().List(new(50, new(DateTimeOffset.UnixEpoch.AddYears(56), "plan-1")), default),
        "keys" => Of<ApiKeys>().List(null, First, default),
        "keys, later page" => Of<ApiKeys>().List(null, Later, default),
        "a tenant's keys" => Of<ApiKeys>().List(Caller.Tenant, First, default),
        "a tenant's keys, later page" => Of<ApiKeys>().List(Caller.Tenant, Later, default),
        "old rejections" => Pipeline("Retention/Rejections.sql", 90, 100),
        "old deliveries" => Pipeline("Retention/Deliveries.sql", 30, 100),
        "old scans" => Pipeline("Retention/Scans.sql", 90, 100),
        "old dead letters" => Pipeline("Retention/DeadLetters.sql", 90, 100),
        "expired answers" => Pipeline("Retention/IdempotencyKeys.sql", 0, 100),
        _ => throw new ArgumentOutOfRangeException(nameof(list), list, null),
    };

    private Task<Page<Conversation, Guid>> Conversations(ConversationFilter filter) => Of<ConversationDirectory>().List(Caller, filter, First, default);

    private Task<Page<Batch, Guid>> Batches(BatchFilter filter) => Of<BatchDirectory>().List(Caller, filter, First, default);

    private Task<Page<CallRecord, Guid>> CallRecords(CallRecordFilter filter) => Of<CallRecordDirectory>().List(Caller, filter, First, default);

    private Task<Page<Sale, Guid>> Sales(SaleFilter filter) => Of<SaleDirectory>().List(Caller, filter, First, default);

    private Task<Page<WebhookDelivery, Guid>> Deliveries(DeliveryFilter filter) => Of<DeliveryDirectory>().List(Caller, filter, First, default);

    private Task Written(string tenant) => Change(
        "Webhooks/WriteDeliveries.sql", tenant, Enumerable.Repeat(Some, 500).ToArray(), Enumerable.Repeat(1L, 500).ToArray(),
        Enumerable.Repeat("scan.completed", 500).ToArray(), Enumerable.Repeat((Guid?)Some, 500).ToArray());

    private async Task Change(string statement, params object?[] values)
    {
        await using var session = await host.Database.Postgres.Pipeline(Caller.Tenant, default);
        await session.Execute(Statement.File<DailyQuota>(statement, values), default);
    }

    private async Task Pipeline(string statement, params object?[] values)
    {
        await using var session = await host.Database.Postgres.Pipeline(Caller.Tenant, default);
        Assert.NotEmpty(await session.Query(Statement.File<DailyQuota>(statement, values), row => row.FieldCount, default));
    }

    private T Of<T>() where T : notnull => host.Services.GetRequiredService<T>();

    private async Task Execute(string sql)
    {
        await using var command = host.Database.Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The API over four tenants' rows, doing no work of its own.</summary>
    public sealed class Host : ApiHost
    {
        /// <inheritdoc/>
        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
        {
            ["Ingest:Enabled"] = "false",
            ["Scheduling:Enabled"] = "false",
            ["Webhooks:Enabled"] = "false",
            ["Quota:BytesADay:quality-csv"] = "1000000",
        };

        /// <inheritdoc/>
        public override async Task InitializeAsync()
        {
            await base.InitializeAsync();
            if (TestKit.TestPostgres.Missing is not null)
                return;
            await using var command = Database.Source.CreateCommand(Statement.File(typeof(Host).Assembly, "Architecture/PlanRows.sql").Text);
            command.CommandTimeout = 120;
            await command.ExecuteNonQueryAsync();
            await using var analyze = Database.Source.CreateCommand("analyze");
            await analyze.ExecuteNonQueryAsync();
            // Else autovacuum does it some time, and counts as one who reads the table from end to end.
            await using var summarize = Database.Source.CreateCommand(
                "select brin_summarize_new_values(c.oid) from pg_class c join pg_am m on m.oid = c.relam where m.amname = 'brin' and c.relkind = 'i'");
            await summarize.ExecuteNonQueryAsync();
            // What these rows took to store is not counted with what a test does.
            await SessionsEnd(this);
        }
    }
}
