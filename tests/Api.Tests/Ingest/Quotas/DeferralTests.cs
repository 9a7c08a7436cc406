using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Ingest.Quotas;

/// <summary>What a day holds, and what becomes of the rest.</summary>
[Collection(QuotaCollection.Name)]
public sealed class DeferralTests(QuotaHost host)
{
    [SkippableFact]
    public async Task The_oldest_files_are_read_until_one_does_not_fit_and_everything_younger_waits()
    {
        await using var limited = await host.ArrangeLimited(2_500);
        await limited.Put("z.csv", 1_000);
        await limited.Put("m.csv", 1_000);
        await limited.Put("b.csv", 1_000);
        await limited.Put("a.csv", 400);

        await limited.Bucket.Ingest();

        Assert.Equal(
            [FileStatus.Ingested, FileStatus.Ingested, FileStatus.Deferred, FileStatus.Deferred],
            await limited.Statuses("z.csv", "m.csv", "b.csv", "a.csv"));
        Assert.Equal(["file_discovered", "file_deferred"], await limited.Events("a.csv"));
        var quota = await limited.Quota();
        Assert.Equal((2, 2_000, 2_500, 2, 1_400, true), (quota.UsedFiles, quota.UsedBytes, quota.LimitBytes, quota.DeferredFiles, quota.DeferredBytes, quota.Ended));
        Assert.Equal(TimeSpan.Zero, quota.ResetsAt.TimeOfDay);
        var connector = (await limited.Client.ListConnectorsAsync()).Items.Single().Quota!;
        Assert.Equal((2, 1_400), (connector.DeferredFiles, connector.DeferredBytes));
        Assert.Equal(2_000, (await limited.Client.GetUsageAsync()).Today.Bytes);
    }

    [SkippableFact]
    public async Task The_day_stays_over_for_what_would_still_fit()
    {
        await using var limited = await host.ArrangeLimited(1_500);
        await limited.Put("a.csv", 1_000);
        await limited.Put("b.csv", 1_000);
        await limited.Bucket.Ingest();
        await limited.Bucket.S3.Delete(limited.Bucket.Bucket, "calls/b.csv");
        await limited.Put("c.csv", 400);

        await limited.Bucket.Ingest();

        Assert.Equal([FileStatus.Deferred], await limited.Statuses("c.csv"));
        Assert.Equal(1_000, await limited.Used());
    }

    [SkippableFact]
    public async Task Deferred_files_go_on_after_midnight_the_oldest_first_and_the_rest_waits_without_a_word()
    {
        await using var limited = await host.ArrangeLimited(1_000);
        await limited.Put("c.csv", 1_000);
        await limited.Put("b.csv", 600);
        await limited.Put("a.csv", 600);
        await limited.Bucket.Ingest();
        Assert.Equal([FileStatus.Ingested, FileStatus.Deferred, FileStatus.Deferred], await limited.Statuses("c.csv", "b.csv", "a.csv"));

        await host.NextDay();
        await limited.Until(FileStatus.Ingested, "b.csv");
        await limited.Bucket.Idle();
        Assert.Equal((600, 1, false), (await limited.Used(), (await limited.Quota()).DeferredFiles, (await limited.Quota()).Ended));
        Assert.Equal(["file_discovered", "file_deferred", "file_started", "file_ingested"], await limited.Events("b.csv"));
        Assert.Equal(["file_discovered", "file_deferred"], await limited.Events("a.csv"));

        await host.NextDay();
        await limited.Until(FileStatus.Ingested, "a.csv");
        Assert.Equal(600, await limited.Used());
        Assert.Equal([1_000, 600, 600], (await Days(limited)).Reverse());
    }

    [SkippableFact]
    public async Task What_comes_after_midnight_does_not_overtake_what_was_deferred()
    {
        await using var limited = await host.ArrangeLimited(1_000);
        await limited.Put("c.csv", 1_000);
        await limited.Put("b.csv", 600);
        await limited.Bucket.Ingest();
        await limited.Put("a.csv", 600);

        await host.NextDay();
        await limited.Bucket.Ingest();

        Assert.Equal([FileStatus.Ingested, FileStatus.Deferred], await limited.Statuses("b.csv", "a.csv"));
    }

    [SkippableFact]
    public async Task A_file_larger_than_the_whole_limit_fails_by_name_and_keeps_no_other_waiting()
    {
        await using var limited = await host.ArrangeLimited(1_000);
        await limited.Put("b.csv", 1_001);
        await limited.Put("a.csv", 1_000);

        await limited.Bucket.Ingest();

        var failed = await limited.Bucket.File("b.csv");
        Assert.Equal((FileStatus.Failed, "file_exceeds_quota", false), (failed.Status, failed.ErrorCode, failed.Retryable));
        Assert.Equal([FileStatus.Ingested], await limited.Statuses("a.csv"));
        Assert.Equal((1_000, false), (await limited.Used(), (await limited.Quota()).Ended));

        await limited.Limit(2_001);
        await limited.Client.RetryFileAsync(failed.Id);
        await limited.Bucket.Idle();
        Assert.Equal([FileStatus.Ingested], await limited.Statuses("b.csv"));
        Assert.Equal(2_001, await limited.Used());
    }

    [SkippableFact]
    public async Task A_raised_limit_lets_the_day_go_on()
    {
        await using var limited = await host.ArrangeLimited(1_000);
        await limited.Put("b.csv", 1_000);
        await limited.Put("a.csv", 1_000);
        await limited.Bucket.Ingest();
        Assert.Equal([FileStatus.Deferred], await limited.Statuses("a.csv"));

        await limited.Limit(2_000);

        await limited.Until(FileStatus.Ingested, "a.csv");
        Assert.Equal((2_000, false), (await limited.Used(), (await limited.Quota()).Ended));
        Assert.Equal(2_000, (await host.Admin.ListTenantQuotasAsync(limited.Bucket.Tenant.Id)).Single(q => q.Own).BytesADay);
    }

    [SkippableFact]
    public async Task A_deferred_file_that_changes_or_goes_waits_no_longer_as_it_was()
    {
        await using var limited = await host.ArrangeLimited(1_000);
        await limited.Put("c.csv", 1_000);
        await limited.Put("b.csv", 700);
        await limited.Put("a.csv", 800);
        await limited.Bucket.Ingest();
        await limited.Put("b.csv", 400);
        await limited.Bucket.S3.Delete(limited.Bucket.Bucket, "calls/a.csv");
        await limited.Bucket.Ingest();

        var quota = await limited.Quota();
        Assert.Equal((1, 400), (quota.DeferredFiles, quota.DeferredBytes));
        Assert.Equal(["file_discovered", "file_deferred", "file_changed", "file_deferred"], await limited.Events("b.csv"));
    }

    [SkippableFact]
    public async Task A_disabled_connectors_files_keep_nobody_waiting()
    {
        await using var limited = await host.ArrangeLimited(1_500);
        await limited.Put("b.csv", 1_000);
        await limited.Bucket.Ingest();
        await limited.Put("a.csv", 1_000);
        await limited.Bucket.Ingest();
        Assert.Equal([FileStatus.Deferred], await limited.Statuses("a.csv"));
        await limited.Client.DisableConnectorAsync(limited.Bucket.Connector.Id);
        var other = await limited.Client.CreateConnectorAsync(IngestHost.Input(limited.Bucket.S3, limited.Bucket.Bucket, "more/") with { Name = "Other" });
        await limited.Put("more.csv", 1_000, "more/");

        await host.NextDay();
        await limited.Bucket.Ingest(other.Id);

        Assert.Equal([FileStatus.Ingested, FileStatus.Deferred], await limited.Statuses("more.csv", "a.csv"));
        await limited.Client.EnableConnectorAsync(limited.Bucket.Connector.Id);
        await host.NextDay();
        await limited.Until(FileStatus.Ingested, "a.csv");
    }

    private static async Task<IEnumerable<long>> Days(Limited limited)
    {
        var usage = await limited.Client.GetUsageAsync();
        return [usage.Today.Bytes, .. usage.Days.Select(d => d.Bytes)];
    }
}
