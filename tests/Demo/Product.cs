using QualityIngest.Client;
using QualityIngest.Samples;

namespace QualityIngest.Demo;

/// <summary>A bucket and the keys of somebody who may read it.</summary>
internal sealed record BucketAccess(string Endpoint, string Region, string Bucket, string AccessKey, string SecretKey);

/// <summary>What a user asks of the API, through the generated client, as a tenant of its own.</summary>
internal sealed class Product
{
    private const string Tenant = "demo";
    private const int PageSize = 100;

    private readonly QualityIngestClient client;
    private Guid scan;

    private Product(QualityIngestClient client, string apiKey) => (this.client, ApiKey) = (client, apiKey);

    /// <summary>The tenant's key.</summary>
    public string ApiKey { get; }

    /// <summary>The connector, once there is one.</summary>
    public Guid Connector { get; private set; }

    /// <summary>Makes a tenant with a key that may do everything a tenant may.</summary>
    public static async Task<Product> Join(Uri server, string adminKey)
    {
        var admin = QualityIngestClient.Connect(server, adminKey);
        await admin.CreateTenantAsync(new NewTenant { Id = Tenant, Name = "Halden & Pike" });
        var issued = await admin.CreateApiKeyAsync(new NewApiKey
        {
            Name = "demo",
            Tenant = Tenant,
            Scopes = ["connectors:read", "connectors:write", "conversations:read", "conversations:write", "transcripts:read"],
        });
        return new(QualityIngestClient.Connect(server, issued.Secret), issued.Secret);
    }

    /// <summary>Makes agents, queues and a connector that knows the queues.</summary>
    public async Task SetUp(BucketAccess source)
    {
        foreach (var agent in SampleBucket.Agents)
            await AddAgent(agent);
        var connector = await client.CreateConnectorAsync(new ConnectorInput
        {
            Name = "Conversations",
            Format = "quality-csv",
            Source = new SourceSettings
            {
                Region = source.Region,
                Endpoint = source.Endpoint,
                Paths = new UnifiedPath { Path = $"s3://{source.Bucket}/{SampleBucket.Prefix}" },
                Credentials = new AccessKeyCredentials { AccessKeyId = source.AccessKey, SecretAccessKey = source.SecretKey },
            },
        });
        Connector = connector.Id;
        foreach (var queue in SampleBucket.Queues)
            await MapQueue(queue);
    }

    /// <summary>Makes an agent; what waits for it goes on.</summary>
    public Task AddAgent(SampleAgent agent) => client.CreateAgentAsync(new AgentInput { Name = agent.Name, Email = agent.Email });

    /// <summary>Makes a queue and adds it to the connector's mappings; what waits for it goes on.</summary>
    public async Task MapQueue(SampleQueue queue)
    {
        var made = await client.CreateQueueAsync(new QueueInput { Name = queue.Name });
        var set = await client.GetQueueMappingsAsync(Connector);
        await client.ReplaceQueueMappingsAsync(Connector, QualityIngestClient.ETag(set.Version), new QueueMappingsInput
        {
            Mappings = [.. set.Mappings, new QueueMapping { ExternalId = queue.ExternalId, QueueId = made.Id }],
        });
    }

    /// <summary>Tests the connection.</summary>
    public Task<ConnectionTestReport> Test() => client.TestConnectorAsync(Connector);

    /// <summary>Looks for new and changed files.</summary>
    public async Task Refresh() => scan = (await client.StartScanAsync(Connector)).Id;

    /// <summary>Where the last refresh stands.</summary>
    public Task<Scan> LastScan() => client.GetScanAsync(scan);

    /// <summary>All files.</summary>
    public Task<List<IngestedFile>> Files() => All(async cursor =>
    {
        var page = await client.ListFilesAsync(limit: PageSize, cursor: cursor);
        return (page.Items, page.NextCursor);
    });

    /// <summary>The refused rows of a file.</summary>
    public Task<List<Rejection>> Rejections(Guid file) => All(async cursor =>
    {
        var page = await client.ListRejectionsAsync(file, PageSize, cursor);
        return (page.Items, page.NextCursor);
    });

    /// <summary>All conversations.</summary>
    public Task<List<Conversation>> Conversations() => All(async cursor =>
    {
        var page = await client.ListConversationsAsync(limit: PageSize, cursor: cursor);
        return (page.Items, page.NextCursor);
    });

    /// <summary>What was said.</summary>
    public Task<ConversationTranscript> Transcript(Guid conversation) => client.GetTranscriptAsync(conversation);

    /// <summary>Where a call can be heard.</summary>
    public Task<ConversationRecording> Recording(Guid conversation) => client.GetRecordingAsync(conversation);

    /// <summary>What a call looks like, in numbers and as SVG.</summary>
    public async Task<(ConversationWaveform Numbers, string Picture)> Waveform(Guid conversation)
    {
        using var picture = await client.DrawWaveformAsync(conversation);
        using var text = new StreamReader(picture.Stream);
        return (await client.GetWaveformAsync(conversation), await text.ReadToEndAsync());
    }

    /// <summary>Today's usage.</summary>
    public async Task<UsageDay> Usage() => (await client.GetUsageAsync()).Today;

    private static async Task<List<T>> All<T>(Func<string?, Task<(IReadOnlyList<T> Items, string? Next)>> page)
    {
        var all = new List<T>();
        string? cursor = null;
        do
        {
            (var items, cursor) = await page(cursor);
            all.AddRange(items);
        }
        while (cursor is not null);
        return all;
    }
}
