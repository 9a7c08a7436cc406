using Microsoft.Extensions.DependencyInjection;
using QualityIngest.Api.Tests.Feeds;
using QualityIngest.Client;
using QualityIngest.Domain.Rebuild;
using static QualityIngest.Api.Tests.Feeds.FeedBucket;
using static QualityIngest.Api.Tests.Feeds.Rows;

namespace QualityIngest.Api.Tests.Ingest.Rules;

/// <summary>The read tables are a function of the events and the contents: made anew of them, every row is as it was.</summary>
[Collection(FeedCollection.Name)]
public sealed class RebuildTests(FeedHost host)
{
    private const string Day = "dt=2025-06-10";

    [SkippableFact]
    public async Task Rows_of_files_and_conversations_in_every_state_are_made_anew_as_they_were()
    {
        var bucket = await Rows();
        var before = await ReadTableRows.Of(host.Database, bucket.Tenant.Id);
        Assert.Equal(
            ["completed", "erased", "failed", "held"],
            before.Where(row => row.StartsWith("conversation ", StringComparison.Ordinal)).Select(row => row.Split(' ')[1]).Distinct().Order(StringComparer.Ordinal));

        await IsMadeAnew(bucket, before);
    }

    [SkippableFact]
    public async Task Rows_of_batches_and_what_they_brought_are_made_anew_as_they_were()
    {
        var bucket = await Batches();
        var before = await ReadTableRows.Of(host.Database, bucket.Tenant.Id);
        Assert.Equal(
            ["completed", "erased", "withdrawn"],
            before.Where(row => row.StartsWith("conversation ", StringComparison.Ordinal)).Select(row => row.Split(' ')[1]).Distinct().Order(StringComparer.Ordinal));

        await IsMadeAnew(bucket, before);
    }

    [SkippableFact]
    public async Task Nodes_may_go_on_working_meanwhile()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutChats("a.csv", [.. Enumerable.Range(1, 40).Select(n => $"c-{n}")]);
        var ingested = bucket.Ingest();
        while (!ingested.IsCompleted)
            await Rebuild(bucket);
        await ingested;

        var before = await ReadTableRows.Of(host.Database, bucket.Tenant.Id);
        await Rebuild(bucket);

        Assert.Equal(40, (await bucket.File("a.csv")).Counts.Accepted);
        Assert.Equal(before, await ReadTableRows.Of(host.Database, bucket.Tenant.Id));
    }

    /// <summary>Spoils the read tables, and finds every row as it was, its times too, once they are made anew; twice is as once.</summary>
    private async Task IsMadeAnew(Arranged bucket, string[] before)
    {
        await ReadTableRows.Spoil(host.Database, bucket.Tenant.Id);
        Assert.NotEqual(before, await ReadTableRows.Of(host.Database, bucket.Tenant.Id));

        await Rebuild(bucket);
        Assert.Equal(before, await ReadTableRows.Of(host.Database, bucket.Tenant.Id));
        await Rebuild(bucket);
        Assert.Equal(before, await ReadTableRows.Of(host.Database, bucket.Tenant.Id));
    }

    private Task Rebuild(Arranged bucket) => host.Services.GetRequiredService<ReadTables>().Rebuild(bucket.Tenant.Id, default);

    private async Task<Arranged> Rows()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutChats("a.csv", "c-1", "c-2");
        await bucket.PutChats("gone.csv", "c-3");
        await bucket.PutChats("erased.csv", "e-1", "e-2", "e-3");
        await bucket.S3.Put(bucket.Bucket, "calls/test.csv", "x");
        await bucket.S3.Put(bucket.Bucket, "calls/broken.csv", "x\n");
        await bucket.Ingest();
        await Erase(bucket, "e-1");
        await host.Admin.LiftErasureAsync(bucket.Tenant.Id, await Erase(bucket, "e-2"));
        await host.Admin.LiftErasureAsync(bucket.Tenant.Id, await Erase(bucket, "e-3"));
        await bucket.PutChats("again.csv", "e-3");
        await bucket.PutScript("c-4");
        await bucket.PutCsv("a.csv",
        [
            Arranged.Row("c-1", start: "2025-06-10T13:00:00Z"), Arranged.Row("c-2"), Arranged.Row("c-4", queue: "Q2", agent: "nobody@shop.example"),
            Arranged.Row("c-5"), Arranged.Row("c-6", start: "soon"),
        ]);
        await bucket.S3.Delete(bucket.Bucket, "calls/gone.csv");
        await bucket.Ingest();
        await bucket.MapQueue("Q2");
        await bucket.Client.RetryConversationAsync((await bucket.Conversation("c-2")).Id);
        await bucket.Client.RetryFileAsync((await bucket.File("a.csv")).Id);
        await bucket.Idle();
        return bucket;
    }

    private async Task<Arranged> Batches()
    {
        var bucket = await host.ArrangeFeeds();
        var said = Directory("historical_transcripts", Day, "snapshot_csv");
        await bucket.PutSealed(said, [TranscriptHeader, .. Enumerable.Range(1, 9).Select(n => Message($"c-{n}", $"Hello {n}"))]);
        await bucket.PutSealed(Directory("call_center_issues", Day), CallHeader, Call("c-1"), Call("c-2"));
        await bucket.PutLines($"{Directory("call_center_issues", "dt=2025-06-11")}a.csv", CallHeader, Call("c-3"));
        await bucket.PutSealed(Directory("nobody_knows", Day), "x");
        await bucket.Ingest();
        await Erase(bucket, "c-8");
        await host.Admin.LiftErasureAsync(bucket.Tenant.Id, await Erase(bucket, "c-9"));
        await bucket.PutSealed(said, [TranscriptHeader, .. Enumerable.Range(2, 8).Select(n => Message($"c-{n}", $"Hello {n}"))]);
        await bucket.PutSealed(Directory("call_center_issues", Day, "jsonl"));
        await bucket.Ingest();
        return bucket;
    }

    private static async Task<Guid> Erase(Arranged bucket, string externalId)
    {
        var id = (await bucket.Conversation(externalId)).Id;
        await bucket.Client.EraseConversationAsync(id, "*");
        return id;
    }
}
