using System.Diagnostics;
using QualityIngest.Client;
using QualityIngest.TestKit.S3;

namespace QualityIngest.Api.Tests.Ingest;

/// <summary>The API with a real S3 server beside it and short waits, for tests of the whole flow.</summary>
public class IngestHost : ApiHost
{
    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Outbound:Allow:0"] = "127.0.0.1",
        ["Ingest:Poll"] = "00:00:00.020",
        ["Ingest:RefreshCooldown"] = "00:00:00",
        ["Ingest:ProbeFirst"] = "00:00:01",
        ["Work:FirstBackoff"] = "00:00:00.050",
        ["Work:MaxBackoff"] = "00:00:00.200",
        ["Work:MaxAttempts"] = "3",
    };

    /// <summary>A tenant with a bucket, queues, agents and a connector that reads the bucket's <c>calls/</c>.</summary>
    public async Task<Arranged> Arrange(Action<ConnectorInput>? change = null)
    {
        S3Server.RequireOrSkip();
        var s3 = await S3Server.Shared();
        var tenant = await NewTenant();
        var bucket = await s3.NewBucket();
        var input = Input(s3, bucket);
        change?.Invoke(input);
        var connector = await tenant.Client.CreateConnectorAsync(input);
        return new(this, s3, tenant, bucket, connector);
    }

    /// <summary>A connector of the bucket's <c>calls/</c>.</summary>
    public static ConnectorInput Input(S3Server s3, string bucket) => new()
    {
        Name = "Calls",
        Format = "quality-csv",
        RevisionPolicy = RevisionPolicy.Revise,
        Source = new()
        {
            Region = S3Server.Region,
            Endpoint = s3.Endpoint,
            Paths = new UnifiedPath { Path = $"s3://{bucket}/calls/" },
            Credentials = new AccessKeyCredentials { AccessKeyId = s3.AccessKey, SecretAccessKey = s3.SecretKey },
        },
    };
}

/// <summary>What <see cref="IngestHost.Arrange"/> made.</summary>
public sealed record Arranged(IngestHost Host, S3Server S3, TestTenant Tenant, string Bucket, Connector Connector)
{
    private const string Header = "conversationId,queueId,agentEmail,conversationStartTime,conversationEndTime,channelType,recordingType,transcriptPath";

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
    public static string Row(string id, string queue = "Q1", string agent = "ana@shop.example", string start = "2025-06-10T13:30:00Z") =>
        $"{id},{queue},{agent},{start},2025-06-10T13:45:00Z,chat,transcription,chats/{id}.json";

    /// <summary>Refreshes the connector and waits for the scan's end and for all work to be done.</summary>
    public async Task<Scan> Ingest()
    {
        var scan = await Client.StartScanAsync(Connector.Id);
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

    /// <summary>The one conversation that the source calls so.</summary>
    public async Task<Conversation> Conversation(string externalId) =>
        Assert.Single((await Client.ListConversationsAsync(externalId: externalId)).Items);

    /// <summary>The one file of this name.</summary>
    public async Task<IngestedFile> File(string name) =>
        Assert.Single((await Client.ListFilesAsync(keyPrefix: $"calls/{name}")).Items);

    /// <summary>Waits for a condition, at most half a minute.</summary>
    public static async Task Until(Func<Task<bool>> condition)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30), "The condition did not come true in time.");
            await Task.Delay(20);
        }
    }
}
