using QualityIngest.Client;
using QualityIngest.TestKit.S3;

namespace QualityIngest.Api.Tests.Ingest.Faults;

/// <summary>Listings that break off.</summary>
[Collection(FaultCollection.Name)]
public sealed class ListingFaultTests(FaultHost host)
{
    [SkippableFact]
    public async Task A_cut_listing_is_asked_for_again_and_removes_nothing()
    {
        await using var faulty = await host.ArrangeFaulty();
        await Put(faulty, 3);
        await faulty.Bucket.Ingest();
        faulty.Proxy.Inject(r => r.IsListing, Fault.CutListing(), times: 2);

        var scan = await faulty.Bucket.Ingest();

        Assert.Equal((ScanStatus.Completed, 3, 0), (scan.Status, scan.Counts.Listed, scan.Counts.Removed));
    }

    [SkippableFact]
    public async Task A_listing_that_is_always_cut_ends_the_scan_by_name_and_removes_nothing()
    {
        await using var faulty = await host.ArrangeFaulty();
        await Put(faulty, 3);
        await faulty.Bucket.Ingest();
        faulty.Proxy.Inject(r => r.IsListing, Fault.CutListing());

        var scan = await faulty.Bucket.Ingest();

        Assert.Equal((ScanStatus.Failed, "listing_cut_short", 0), (scan.Status, scan.ErrorCode, scan.Counts.Listed));
        Assert.Empty((await faulty.Bucket.Client.ListFilesAsync(removed: true)).Items);
        Assert.Null((await faulty.Bucket.Client.GetConnectorAsync(faulty.Bucket.Connector.Id)).Suspension);
        faulty.Proxy.Heal();
        Assert.Equal(ScanStatus.Completed, (await faulty.Bucket.Ingest()).Status);
    }

    [SkippableFact]
    public async Task A_scan_goes_on_at_the_page_where_it_was_stopped()
    {
        await using var faulty = await host.ArrangeFaulty();
        await Put(faulty, 12);
        faulty.Proxy.Inject(r => r.IsListing && r.Query.GetValueOrDefault("start-after") == "calls/05.csv", Fault.InternalError(), times: 2);

        var scan = await faulty.Bucket.Ingest();

        Assert.Equal((ScanStatus.Completed, 3, 12, 12), (scan.Status, scan.Counts.Pages, scan.Counts.Listed, scan.Counts.Discovered));
        Assert.Equal(
            [null, "calls/05.csv", "calls/05.csv", "calls/05.csv", "calls/10.csv"],
            faulty.Proxy.Requests.Where(r => r.IsListing).Select(r => r.Query.GetValueOrDefault("start-after")));
    }

    [SkippableFact]
    public async Task A_long_listing_has_its_attempts_again_with_every_page()
    {
        await using var faulty = await host.ArrangeFaulty();
        await Put(faulty, 12);
        foreach (var after in (string?[])[null, "calls/05.csv", "calls/10.csv"])
            faulty.Proxy.Inject(r => r.IsListing && r.Query.GetValueOrDefault("start-after") == after, Fault.SlowDown(), times: 2);

        var scan = await faulty.Bucket.Ingest();

        Assert.Equal((ScanStatus.Completed, 12), (scan.Status, scan.Counts.Discovered));
    }

    [SkippableFact]
    public async Task A_scan_that_is_cancelled_keeps_what_it_discovered_and_ends()
    {
        await using var faulty = await host.ArrangeFaulty();
        await Put(faulty, 12);
        var gate = new TaskCompletionSource();
        var waiting = faulty.Proxy.Inject(
            r => r.IsListing && r.Query.GetValueOrDefault("start-after") == "calls/05.csv", Fault.Before(cancel => gate.Task.WaitAsync(cancel)), times: 1);
        var scan = await faulty.Start();
        await Arranged.Until(() => Task.FromResult(waiting.Hits == 1));

        await faulty.Bucket.Client.CancelScanAsync(scan.Id);
        gate.SetResult();
        await faulty.Bucket.Idle();

        var cancelled = await faulty.Bucket.Client.GetScanAsync(scan.Id);
        Assert.Equal((ScanStatus.Cancelled, 1, 5), (cancelled.Status, cancelled.Counts.Pages, cancelled.Counts.Discovered));
        await Answer.Refused(409, "scan_ended", () => faulty.Bucket.Client.CancelScanAsync(scan.Id));
        Assert.Equal(7, (await faulty.Bucket.Ingest()).Counts.Discovered);
    }

    [SkippableFact]
    public async Task Only_one_scan_of_a_connector_runs()
    {
        await using var faulty = await host.ArrangeFaulty();
        var gate = new TaskCompletionSource();
        faulty.Proxy.Inject(r => r.IsListing, Fault.Before(cancel => gate.Task.WaitAsync(cancel)), times: 1);
        await faulty.Start();

        await Answer.Refused(409, "scan_running", faulty.Start);

        gate.SetResult();
        await faulty.Bucket.Idle();
        Assert.Single((await faulty.Bucket.Client.ListScansAsync(faulty.Bucket.Connector.Id)).Items);
    }

    private static async Task Put(Faulty faulty, int files)
    {
        for (var i = 1; i <= files; i++)
            await faulty.Bucket.S3.Put(faulty.Bucket.Bucket, $"calls/{i:00}.csv", "");
    }
}
