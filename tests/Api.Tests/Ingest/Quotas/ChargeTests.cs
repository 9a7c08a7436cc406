using QualityIngest.Client;
using QualityIngest.TestKit.S3;

namespace QualityIngest.Api.Tests.Ingest.Quotas;

/// <summary>A version is charged once, and only if it is read.</summary>
[Collection(QuotaCollection.Name)]
public sealed class ChargeTests(QuotaHost host)
{
    [SkippableFact]
    public async Task A_retry_is_not_charged_again_and_a_changed_file_is()
    {
        await using var limited = await host.ArrangeLimited(10_000);
        await limited.Put("a.csv", 1_000);
        await limited.Bucket.Ingest();
        await limited.Client.RetryFileAsync((await limited.Bucket.File("a.csv")).Id);
        await limited.Bucket.Idle();
        Assert.Equal(1_000, await limited.Used());

        await limited.Put("a.csv", 1_500);
        await limited.Bucket.Ingest();

        Assert.Equal((2_500, 2), (await limited.Used(), (await limited.Quota()).UsedFiles));
        Assert.Equal(2, (await limited.Client.GetUsageAsync()).Today.Files);
    }

    [SkippableFact]
    public async Task Attempts_that_break_off_are_charged_once()
    {
        await using var limited = await host.ArrangeLimited(10_000);
        await limited.Put("a.csv", 1_000);
        var cut = limited.Proxy.Inject(r => r.Key == "calls/a.csv", Fault.CutBody(300), times: 1);
        var busy = limited.Proxy.Inject(r => r.Key == "calls/a.csv", Fault.SlowDown(), times: 1);

        await limited.Bucket.Ingest();

        Assert.Equal((1, 1), (cut.Hits, busy.Hits));
        Assert.Equal([FileStatus.Ingested], await limited.Statuses("a.csv"));
        Assert.Equal(1_000, await limited.Used());
    }

    [SkippableFact]
    public async Task A_file_that_is_never_opened_is_refunded_and_charged_when_it_is_read_after_all()
    {
        await using var limited = await host.ArrangeLimited(1_000);
        await limited.Put("a.csv", 1_000);
        limited.Proxy.Inject(r => r.Key == "calls/a.csv", Fault.SlowDown());
        await limited.Bucket.Ingest();
        var file = await limited.Bucket.File("a.csv");
        Assert.Equal((FileStatus.Failed, "throttled"), (file.Status, file.ErrorCode));
        Assert.Equal((0, 0), (await limited.Used(), (await limited.Client.GetUsageAsync()).Today.Files));

        limited.Proxy.Heal();
        await limited.Client.RetryFileAsync(file.Id);
        await limited.Bucket.Idle();

        Assert.Equal([FileStatus.Ingested], await limited.Statuses("a.csv"));
        Assert.Equal(1_000, await limited.Used());
    }

    [SkippableFact]
    public async Task A_file_that_was_opened_stays_charged_though_it_fails()
    {
        await using var limited = await host.ArrangeLimited(10_000);
        await limited.Bucket.S3.Put(limited.Bucket.Bucket, "calls/broken.csv", "x".PadRight(1_000));

        await limited.Bucket.Ingest();

        Assert.Equal([FileStatus.Failed], await limited.Statuses("broken.csv"));
        Assert.Equal(1_000, await limited.Used());
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_that_changes_or_goes_before_it_is_opened_is_refunded(bool changes)
    {
        await using var limited = await host.ArrangeLimited(10_000);
        await limited.Put("a.csv", 1_000);
        var gate = new TaskCompletionSource();
        var held = limited.Proxy.Inject(r => r.Key == "calls/a.csv", Fault.Before(cancel => gate.Task.WaitAsync(cancel)), times: 1);
        await limited.Client.StartScanAsync(limited.Bucket.Connector.Id);
        await Arranged.Until(() => Task.FromResult(held.Hits == 1));
        Assert.Equal(1_000, await limited.Used());

        if (changes)
            await limited.Put("a.csv", 1_500);
        else
            await limited.Bucket.S3.Delete(limited.Bucket.Bucket, "calls/a.csv");
        gate.SetResult();
        await limited.Bucket.Idle();
        Assert.Equal(0, await limited.Used());
        await limited.Bucket.Ingest();

        Assert.Equal(changes ? 1_500 : 0, await limited.Used());
    }

    [SkippableFact]
    public async Task A_version_that_a_scan_finds_replaced_while_it_is_fetched_is_refunded_and_not_read()
    {
        await using var limited = await host.ArrangeLimited(10_000);
        await limited.Put("a.csv", 1_000);
        var gate = new TaskCompletionSource();
        var held = limited.Proxy.Inject(r => r.Key == "calls/a.csv", Fault.Before(cancel => gate.Task.WaitAsync(cancel)), times: 1);
        var scan = await limited.Client.StartScanAsync(limited.Bucket.Connector.Id);
        await Arranged.Until(() => Task.FromResult(held.Hits == 1));
        await Arranged.Until(async () => (await limited.Client.GetScanAsync(scan.Id)).Status == ScanStatus.Completed);

        await limited.Put("a.csv", 1_500);
        var second = await limited.Client.StartScanAsync(limited.Bucket.Connector.Id);
        await Arranged.Until(async () => (await limited.Client.GetScanAsync(second.Id)).Status == ScanStatus.Completed);
        gate.SetResult();
        await limited.Bucket.Idle();

        Assert.Equal(1_500, await limited.Used());
        Assert.Equal(["file_discovered", "file_started", "file_changed", "file_started", "file_ingested"], await limited.Events("a.csv"));
    }

    [SkippableFact]
    public async Task A_connector_that_is_removed_before_its_file_is_opened_leaves_no_charge_and_added_again_reads_it_once()
    {
        await using var limited = await host.ArrangeLimited(1_000);
        await limited.Put("a.csv", 1_000);
        var denied = limited.Proxy.Inject(r => r.Key == "calls/a.csv", Fault.ExpiredToken());
        await limited.Client.StartScanAsync(limited.Bucket.Connector.Id);
        await Arranged.Until(async () => (await limited.Client.GetConnectorAsync(limited.Bucket.Connector.Id)).Suspension is not null);
        Assert.Equal(1, denied.Hits);

        await limited.Client.DeleteConnectorAsync(limited.Bucket.Connector.Id, "*");
        await limited.Bucket.Idle();
        Assert.Equal(0, (await limited.Client.GetUsageAsync()).Quotas.Single(q => q.Format == QuotaHost.Format).UsedBytes);

        limited.Proxy.Heal();
        var again = await AddAgain(limited);
        await again.Bucket.Ingest();
        Assert.Equal([FileStatus.Ingested], await again.Statuses("a.csv"));
        Assert.Equal(1_000, await again.Used());
    }

    [SkippableFact]
    public async Task A_connector_that_is_removed_and_added_again_ingests_nothing_twice_and_charges_nothing_twice()
    {
        await using var limited = await host.ArrangeLimited(1_500);
        await limited.Put("a.csv", 1_000);
        await limited.Put("b.csv", 1_000);
        await limited.Bucket.Ingest();
        var before = await limited.Bucket.File("a.csv");
        await limited.Client.DeleteConnectorAsync(limited.Bucket.Connector.Id, "*");

        var again = await AddAgain(limited);
        var scan = await again.Bucket.Ingest();

        Assert.Equal((0, 0), (scan.Counts.Discovered, scan.Counts.Changed));
        Assert.Equal(before.Version, (await limited.Bucket.File("a.csv")).Version);
        Assert.Equal((1_000, 1), (await again.Used(), (await again.Quota()).DeferredFiles));

        await host.NextDay();
        await again.Until(FileStatus.Ingested, "b.csv");
        Assert.Equal(2, await again.Bucket.FilesCharged());
    }

    [SkippableFact]
    public async Task A_connector_that_is_disabled_and_enabled_keeps_its_ledger()
    {
        await using var limited = await host.ArrangeLimited(10_000);
        await limited.Put("a.csv", 1_000);
        await limited.Bucket.Ingest();
        await limited.Client.DisableConnectorAsync(limited.Bucket.Connector.Id);
        Assert.Equal(FileStatus.Ingested, Assert.Single((await limited.Client.ListFilesAsync(connectorId: limited.Bucket.Connector.Id)).Items).Status);
        await limited.Client.EnableConnectorAsync(limited.Bucket.Connector.Id);

        var scan = await limited.Bucket.Ingest();

        Assert.Equal((0, 0), (scan.Counts.Discovered, scan.Counts.Changed));
        Assert.Equal(1_000, await limited.Used());
        Assert.NotNull((await limited.Client.GetConnectorAsync(limited.Bucket.Connector.Id)).LastDiscoveryAt);
    }

    private static async Task<Limited> AddAgain(Limited limited) => limited with
    {
        Bucket = limited.Bucket with
        {
            Connector = await limited.Client.CreateConnectorAsync(
                Faults.FaultHost.Behind(limited.Proxy, IngestHost.Input(limited.Bucket.S3, limited.Bucket.Bucket))),
        },
    };
}
