using QualityIngest.Api.Tests.Ingest;
using QualityIngest.Client;
using QualityIngest.TestKit.S3;

namespace QualityIngest.Api.Tests.Batches;

/// <summary>A host whose chunks and pages are small, so that a batch of a few rows has many steps.</summary>
public class BatchHost : IngestHost
{
    /// <summary>Rows a transaction.</summary>
    public const int Chunk = 2;

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(base.Settings)
    {
        ["Ingest:FeedRows"] = $"{Chunk}",
        ["Ingest:FoldPage"] = "2",
        ["Ingest:ListingPage"] = "4",
        ["Ingest:FeedSweep"] = "00:00:00.100",
        ["Ingest:FeedSweepRows"] = "2",
        ["Ingest:ProbeFirst"] = "00:00:00.100",
        ["Ingest:ProbeMax"] = "00:00:00.200",
    };

    /// <summary>A tenant with a bucket and a connector that reads the feeds below its <c>in/</c>.</summary>
    public async Task<FeedBucket> ArrangeFeeds(Func<ConnectorInput, ConnectorInput>? change = null) =>
        new(await Arrange(input => (change ?? (i => i))(Feeds(input))));

    /// <summary>The same behind a proxy that plays faults.</summary>
    public async Task<(FeedBucket Bucket, FaultProxy Proxy)> ArrangeFaulty()
    {
        S3Server.RequireOrSkip();
        var proxy = await FaultProxy.Start((await S3Server.Shared()).Endpoint);
        return (await ArrangeFeeds(input => Ingest.Faults.FaultHost.Behind(proxy, input)), proxy);
    }

    private static ConnectorInput Feeds(ConnectorInput input)
    {
        var path = (UnifiedPath)input.Source.Paths;
        return input with { Format = "feeds", Source = input.Source with { Paths = new UnifiedPath { Path = path.Path.Replace("calls/", "in/", StringComparison.Ordinal) } } };
    }
}

/// <summary>One host for the tests of batches: every test has a tenant of its own.</summary>
[CollectionDefinition(Name)]
public sealed class BatchCollection : ICollectionFixture<BatchHost>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "batches";
}

/// <summary>A bucket of feeds and the connector that reads it.</summary>
public sealed record FeedBucket(Arranged Bucket)
{
    /// <summary>The tenant's client.</summary>
    public QualityIngestClient Client => Bucket.Client;

    /// <summary>A directory of call center data, of a day in June 2025.</summary>
    public static string Day(int day, string format = "csv") => $"call_center_issues/version=1/format={format}/dt=2025-06-{day:00}/";

    /// <summary>A directory of historical transcripts, of a day in June 2025.</summary>
    public static string Chats(int day, string format = "csv") => $"historical_transcripts/version=1/format={format}/dt=2025-06-{day:00}/";

    /// <summary>Puts a CSV of calls, each of a customer of its own.</summary>
    public Task PutCalls(string directory, string name, params string[] ids) => Put(
        directory + name,
        string.Join('\n', ["customer_id,conversation_id,call_start,call_end,disposition_category", .. ids.Select(id => $"{id},,2025-06-10T10:00:00Z,2025-06-10T10:05:00Z,{name}")]) + "\n");

    /// <summary>Puts a CSV of conversations of one message each.</summary>
    public Task PutChats(string directory, string name, params string[] ids) => Put(
        directory + name,
        string.Join('\n', ["conversation_externalId,sender_externalId,sender_role,text,timestamp", .. ids.Select(id => $"{id},s-1,customer,Hello from {id},2025-06-10T10:00:00Z")]) + "\n");

    /// <summary>Puts an object below the connector's path.</summary>
    public Task Put(string key, string content) => Bucket.S3.Put(Bucket.Bucket, "in/" + key, content);

    /// <summary>Puts, or writes over, a directory's marker.</summary>
    public Task Seal(string directory, string content = "") => Put(directory + "_SUCCESS", content);

    /// <summary>Deletes an object below the connector's path.</summary>
    public Task Delete(string key) => Bucket.S3.Delete(Bucket.Bucket, "in/" + key);

    /// <summary>Refreshes the connector and waits until all is done.</summary>
    public Task<Scan> Ingest() => Bucket.Ingest();

    /// <summary>The batch of a directory.</summary>
    public async Task<Batch> Batch(string directory) =>
        Assert.Single((await Client.ListBatchesAsync(limit: 100)).Items, b => b.Path == "in/" + directory);

    /// <summary>The file of a key below the connector's path.</summary>
    public async Task<IngestedFile> File(string key) => Assert.Single((await Client.ListFilesAsync(keyPrefix: "in/" + key)).Items, f => f.Key == "in/" + key);

    /// <summary>The customers whose calls are shown, each as often as it is.</summary>
    public async Task<IReadOnlyList<string>> Calls() =>
        [.. (await Client.ListCallRecordsAsync(limit: 100)).Items.Select(c => c.CustomerId).Order(StringComparer.Ordinal)];

    /// <summary>The conversations that are shown, and where they stand.</summary>
    public async Task<IReadOnlyList<string>> Conversations() =>
        [.. (await Client.ListConversationsAsync(limit: 100)).Items.Select(c => $"{c.ExternalId} {c.Revision} {c.Status}").Order(StringComparer.Ordinal)];
}
