using QualityIngest.Client;
using QualityIngest.TestKit.S3;

namespace QualityIngest.Api.Tests.Ingest;

/// <summary>What <see cref="IngestHost.Arrange"/> made.</summary>
public sealed record Arranged(IngestHost Host, S3Server S3, TestTenant Tenant, string Bucket, Connector Connector)
{
    /// <summary>The agent of every row that names no other.</summary>
    public const string Agent = "ana@shop.example";

    /// <summary>The header of every CSV.</summary>
    public const string Header = "conversationId,queueId,agentEmail,conversationStartTime,conversationEndTime,channelType,recordingType,transcriptPath";

    /// <summary>The tenant's client.</summary>
    public QualityIngestClient Client => Tenant.Client;

    /// <summary>Makes a queue and maps an external id to it.</summary>
    public async Task<Guid> MapQueue(string externalId)
    {
        var queue = await Client.CreateQueueAsync(new() { Name = $"Queue {Guid.NewGuid():N}" });
        var set = await Client.GetQueueMappingsAsync(Connector.Id);
        await Client.ReplaceQueueMappingsAsync(
            Connector.Id, $"\"{set.Version}\"",
            new() { Mappings = [.. set.Mappings, new() { ExternalId = externalId, QueueId = queue.Id }] });
        return queue.Id;
    }

    /// <summary>Makes an agent.</summary>
    public async Task<Guid> AddAgent(string email) =>
        (await Client.CreateAgentAsync(new() { Name = email, Email = email })).Id;

    /// <summary>Puts a CSV of chats, and each chat's script.</summary>
    public async Task PutChats(string name, params string[] ids)
    {
        foreach (var id in ids)
            await PutScript(id);
        await PutCsv(name, ids.Select(id => Row(id)));
    }

    /// <summary>Puts a chat script of four messages.</summary>
    public Task PutScript(string id, string text = "Good morning, this is about my order.") =>
        S3.Put(Bucket, $"calls/chats/{id}.json", $$"""
            {
              "1": { "type": "USER", "text": "{{text}}", "timestamp": 1749562200000, "userId": "customer-7" },
              "2": { "type": "AGENT", "text": "Good morning! I am looking it up.", "timestamp": 1749562220000, "userId": "ana@shop.example" },
              "3": { "type": "USER", "text": "Thank you.", "timestamp": 1749562250000, "userId": "customer-7" },
              "4": { "type": "AGENT", "text": "It left our house today.", "timestamp": 1749562260000, "userId": "ana@shop.example" }
            }
            """);

    /// <summary>Puts a CSV of these rows.</summary>
    public Task PutCsv(string name, IEnumerable<string> rows) => S3.Put(Bucket, $"calls/{name}", string.Join('\n', [Header, .. rows]) + "\n");

    /// <summary>One chat's row.</summary>
    public static string Row(
        string id, string queue = "Q1", string agent = Agent, string start = "2025-06-10T13:30:00Z", string? script = null) =>
        $"{id},{queue},{agent},{start},2025-06-10T13:45:00Z,chat,transcription,{script ?? $"chats/{id}.json"}";

    /// <summary>Refreshes the connector and waits for the scan's end and for all work to be done.</summary>
    public Task<Scan> Ingest() => Ingest(Connector.Id);

    /// <summary>Refreshes another connector of the tenant and waits for the scan's end and for all work to be done.</summary>
    public async Task<Scan> Ingest(Guid connector)
    {
        var scan = await Client.StartScanAsync(connector);
        await Until(async () => (await Client.GetScanAsync(scan.Id)).Status != ScanStatus.Running);
        await Idle();
        return await Client.GetScanAsync(scan.Id);
    }

    /// <summary>Waits until no work of the tenant is due or running.</summary>
    public Task Idle() => Until(async () =>
    {
        await using var command = Host.Database.Source.CreateCommand(
            "select count(*) from work_items where tenant_id = $1 and state <> 'dead'");
        command.Parameters.AddWithValue(Tenant.Id);
        return (long)(await command.ExecuteScalarAsync())! == 0;
    });

    /// <summary>Lets another tenant's file pass through every step: what was due before it has had its turn.</summary>
    public async Task OtherWork()
    {
        var other = await Host.ArrangeReady();
        await other.PutChats("day.csv", "c-1");
        await other.Ingest();
    }

    /// <summary>The one conversation that the source calls so.</summary>
    public async Task<Conversation> Conversation(string externalId) =>
        Assert.Single((await Client.ListConversationsAsync(externalId: externalId)).Items);

    /// <summary>The one file of this name.</summary>
    public async Task<IngestedFile> File(string name) =>
        Assert.Single((await Client.ListFilesAsync(keyPrefix: $"calls/{name}")).Items);

    /// <summary>How many file versions the tenant's usage counts, whenever that was.</summary>
    public async Task<long> FilesCharged()
    {
        var usage = await Client.GetUsageAsync();
        return usage.Today.Files + usage.Days.Sum(d => d.Files);
    }

    /// <summary>Waits for a condition, at most half a minute.</summary>
    public static Task Until(Func<Task<bool>> condition) => Eventually.Holds(condition, TimeSpan.FromSeconds(30));
}
