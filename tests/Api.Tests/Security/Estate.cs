using QualityIngest.Client;
using QualityIngest.Database;

namespace QualityIngest.Api.Tests.Security;

/// <summary>What the owner has: one of everything, and of what is deleted or ended a second one. The stranger has nothing.</summary>
public sealed record Estate
{
    /// <summary>The tenant that has it all.</summary>
    public const string Owner = "owner";

    /// <summary>The tenant that has nothing.</summary>
    public const string Stranger = "stranger";

    /// <summary>A bucket that the installation's own identity may read for the owner.</summary>
    public const string GrantedBucket = "granted-bucket";

    public static readonly Guid Scan = Id(1), RunningScan = Id(2), File = Id(3), Batch = Id(4), Snapshot = Id(5), CallRecord = Id(6), Sale = Id(7);
    public static readonly Guid Conversation = Id(8), SpareConversation = Id(9), Erased = Id(10);

    public required Guid Connector { get; init; }

    public required Guid FeedConnector { get; init; }

    public required Guid SpareConnector { get; init; }

    public required Guid Queue { get; init; }

    public required Guid SpareQueue { get; init; }

    public required Guid Agent { get; init; }

    public required Guid SpareAgent { get; init; }

    public required Guid Endpoint { get; init; }

    public required Guid SpareEndpoint { get; init; }

    public required Guid Delivery { get; init; }

    public required Guid Key { get; init; }

    public required long DeadLetter { get; init; }

    /// <summary>Where the connector takes notifications.</summary>
    public required Uri Notifications { get; init; }

    /// <summary>All ids that a stranger must never see.</summary>
    public IReadOnlyList<string> Ids =>
    [
        .. new[]
        {
            Scan, RunningScan, File, Batch, Snapshot, CallRecord, Sale, Conversation, SpareConversation, Erased, Connector, FeedConnector, SpareConnector,
            Queue, SpareQueue, Agent, SpareAgent, Endpoint, SpareEndpoint, Delivery, Key,
        }.Select(id => id.ToString()),
    ];

    /// <summary>Brings it together, through the API where that can, and else by the rows and events that ingestion writes.</summary>
    public static async Task<Estate> Build(ApiHost host)
    {
        foreach (var tenant in new[] { Owner, Stranger })
            await host.Admin.CreateTenantAsync(new() { Id = tenant, Name = tenant });
        await host.Admin.GrantBucketAsync(Owner, new() { Bucket = GrantedBucket });
        await host.Admin.SetTenantQuotaAsync(Owner, "conversation-json", new() { BytesADay = 1_000_000 });
        var client = host.Client((await host.NewKey(Owner, KeyRing.TenantScopes)).Secret);
        var spareKey = await host.NewKey(Owner, KeyRing.TenantScopes);

        var (calls, feeds, spare) = (await Connect(client, "Calls"), await Connect(client, "Feeds", "feeds"), await Connect(client, "Spare"));
        var queues = new List<Guid>();
        foreach (var name in new[] { "Sales", "Nobody's" })
            queues.Add((await client.CreateQueueAsync(new() { Name = name })).Id);
        var agents = new List<Guid>();
        foreach (var name in new[] { "ann", "bob" })
            agents.Add((await client.CreateAgentAsync(new() { Name = name, Email = name + "@example.com" })).Id);
        await client.ReplaceQueueMappingsAsync(calls, "*", new() { Mappings = [new() { ExternalId = "Q1", QueueId = queues[0] }] });
        var address = await client.SetNotificationsAsync(calls, "*", new());
        var endpoints = new List<Guid>();
        foreach (var name in new[] { "hooks", "more" })
            endpoints.Add((await client.CreateWebhookEndpointAsync(new() { Url = $"https://{name}.example.com/", ConnectorIds = [calls] })).Endpoint.Id);

        await Execute(host, Statement.File(typeof(Estate).Assembly, "Security/Rows.sql").Text);
        await History.Write(host, calls, feeds);
        return new()
        {
            Connector = calls,
            FeedConnector = feeds,
            SpareConnector = spare,
            Queue = queues[0],
            SpareQueue = queues[1],
            Agent = agents[0],
            SpareAgent = agents[1],
            Endpoint = endpoints[0],
            SpareEndpoint = endpoints[1],
            Delivery = (await client.ListWebhookDeliveriesAsync(endpointId: endpoints[0])).Items[0].Id,
            Key = spareKey.Key.Id,
            DeadLetter = (await host.Admin.ListDeadLettersAsync(tenant: Owner)).Items.Single().Id,
            Notifications = new(address.Url!),
        };
    }

    /// <summary>A connector as written, with a path of its own.</summary>
    public static ConnectorInput ConnectorInput(string name, string format = "quality-csv") => new()
    {
        Name = name,
        Format = format,
        RevisionPolicy = RevisionPolicy.Revise,
        Source = new()
        {
            Region = "eu-central-1",
            Paths = new UnifiedPath { Path = $"s3://bucket/{Uri.EscapeDataString(name)}/" },
            Credentials = new AccessKeyCredentials { AccessKeyId = "AKIAEXAMPLE", SecretAccessKey = "a-secret-access-key" },
        },
    };

    private static async Task<Guid> Connect(QualityIngestClient client, string name, string format = "quality-csv") =>
        (await client.CreateConnectorAsync(ConnectorInput(name, format))).Id;

    private static async Task Execute(ApiHost host, string sql)
    {
        await using var command = host.Database.Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static Guid Id(int number) => Guid.Parse($"00000000-0000-7000-8000-{number:000000000000}");
}
