using QualityIngest.Api.Tests.Ingest;
using QualityIngest.Client;
using static QualityIngest.Api.Tests.Feeds.FeedBucket;
using static QualityIngest.Api.Tests.Feeds.Rows;

namespace QualityIngest.Api.Tests.Feeds;

/// <summary>A directory is imported once a marker seals it, and what comes later waits for a newer one.</summary>
[Collection(FeedCollection.Name)]
public sealed class SealTests(FeedHost host)
{
    private static readonly string Calls = Directory("call_center_issues");

    [SkippableFact]
    public async Task An_empty_batch_is_legal()
    {
        var bucket = await host.ArrangeFeeds();
        await bucket.Seal(Calls);
        var empty = await bucket.Ingested(Calls);

        Assert.Equal((BatchStatus.Imported, 0, 0), (empty.Status, empty.Counts.Files, empty.Counts.Rows.RowsRead ?? 0));

        await bucket.PutLines($"{Calls}a.csv", CallHeader, Call("c-1"));
        await bucket.Seal(Calls);
        Assert.Equal(1, (await bucket.Ingested(Calls)).Counts.Files);
        await bucket.PutLines($"{Calls}a.csv");
        await bucket.Seal(Calls);
        await bucket.Ingest();
        Assert.Equal("empty_file", (await bucket.FileOf($"{Calls}a.csv")).ErrorCode);
        Assert.Empty(await bucket.CallIds());
    }

    [SkippableFact]
    public async Task A_resealed_directory_replaces_what_it_brought_before()
    {
        var bucket = await host.ArrangeFeeds();
        await bucket.PutSealed(Calls, CallHeader, Call("c-1"), Call("c-2"));
        await bucket.PutSealed(Directory("call_center_issues", "dt=2025-06-11"), CallHeader, Call("c-3"));
        await bucket.Ingest();

        await bucket.PutSealed(Calls, CallHeader, Call("c-2", "Transferred"), Call("c-4"));
        Assert.Equal(BatchStatus.Imported, (await bucket.Ingested(Calls)).Status);

        Assert.Equal(["c-2", "c-3", "c-4"], await bucket.CallIds());
        Assert.Equal("Transferred", Assert.Single((await bucket.Client.ListCallRecordsAsync(externalConversationId: "c-2")).Items).DispositionCategory);
    }

    [SkippableFact]
    public async Task Of_one_partition_in_two_encodings_the_later_counts_and_the_earlier_says_so()
    {
        var bucket = await host.ArrangeFeeds();
        await bucket.PutSealed(Calls, CallHeader, Call("c-1"));
        await bucket.Ingest();
        var lines = Directory("call_center_issues", format: "jsonl");
        await bucket.PutSealed(
            lines, """{"customer_id":"customer-7","conversation_id":"c-2","call_start":"2025-06-10T10:00:00Z","call_end":"2025-06-10T10:05:00Z"}""");

        Assert.Equal(BatchStatus.Imported, (await bucket.Ingested(lines)).Status);

        Assert.Equal(["c-2"], await bucket.CallIds());
        Assert.Equal(BatchStatus.Superseded, (await bucket.Batch(Calls)).Status);
    }

    [SkippableFact]
    public async Task Hours_and_minutes_are_batches_of_their_own_and_so_is_no_date()
    {
        var bucket = await host.ArrangeFeeds();
        foreach (var (partition, id) in new[] { ("dt=2025-06-10/hr=07", "c-1"), ("dt=2025-06-10/hr=07/mi=30", "c-2"), ("dt=2025-06-10", "c-3"), ("", "c-4") })
            await bucket.PutSealed(Directory("call_center_issues", partition), CallHeader, Call(id));

        await bucket.Ingest();

        Assert.Equal(["c-1", "c-2", "c-3", "c-4"], await bucket.CallIds());
        Assert.Equal(
            ["", "2025-06-10", "2025-06-10/07", "2025-06-10/07:30"],
            (await bucket.Client.ListBatchesAsync()).Items.Select(b => b.Partition).Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public async Task A_disabled_connector_imports_nothing_until_it_is_enabled()
    {
        var bucket = await host.ArrangeFeeds();
        await bucket.PutLines($"{Calls}a.csv", CallHeader, Call("c-1"));
        await bucket.Ingest();
        await bucket.Client.DisableConnectorAsync(bucket.Connector.Id);
        await bucket.Seal(Calls);
        var batch = await bucket.Batch(Calls);
        await bucket.Client.ReimportBatchesAsync(bucket.Connector.Id, new(2025, 6, 1), new(2025, 6, 30));
        await bucket.OtherWork();

        Assert.Equal(BatchStatus.AwaitingMarker, (await bucket.Client.GetBatchAsync(batch.Id)).Status);

        await bucket.Client.EnableConnectorAsync(bucket.Connector.Id);
        Assert.Equal(BatchStatus.Imported, (await bucket.Ingested(Calls)).Status);
    }

    [SkippableFact]
    public async Task Another_tenant_sees_nothing_of_it()
    {
        var bucket = await host.ArrangeFeeds();
        await bucket.PutSealed(Calls, CallHeader, Call("c-1"));
        await bucket.PutSealed(Directory("sales_methods_attribution"), SaleHeader, Sale("t-1", "c-1"));
        var batch = await bucket.Ingested(Calls);
        var call = Assert.Single((await bucket.Client.ListCallRecordsAsync()).Items);
        var sale = Assert.Single((await bucket.Client.ListSalesAsync()).Items);
        var other = (await host.NewTenant()).Client;

        Assert.Empty((await other.ListBatchesAsync()).Items);
        Assert.Empty((await other.ListCallRecordsAsync()).Items);
        Assert.Empty((await other.ListSalesAsync()).Items);
        await Answer.Refused(404, "not_found", () => other.GetBatchAsync(batch.Id));
        await Answer.Refused(404, "not_found", () => other.RetryBatchAsync(batch.Id));
        await Answer.Refused(404, "not_found", () => other.ConfirmBatchAsync(batch.Id));
        await Answer.Refused(404, "not_found", () => other.GetCallRecordAsync(call.Id));
        await Answer.Refused(404, "not_found", () => other.GetSaleAsync(sale.Id));
        await Answer.Refused(404, "not_found", () => other.ReimportBatchesAsync(bucket.Connector.Id, new(2025, 6, 1), new(2025, 6, 30)));
    }
}
