using QualityIngest.Api.Tests.Ingest.Json;
using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Ingest.Quotas;

/// <summary>Files of conversations that a day does not hold.</summary>
[Collection(QuotaCollection.Name)]
public sealed class JsonDeferralTests(QuotaHost host)
{
    private const string Format = "conversation-json";

    [SkippableFact]
    public async Task A_deferred_file_is_listed_and_charged_and_read_once_midnight_has_passed()
    {
        var bucket = await host.Arrange(input => input with { Format = Format });
        await bucket.Client.CreateAgentAsync(new() { Name = "Ana", ExternalId = Chat.Agent });
        var (first, second) = (Chat.Lines(Chat.Of("c-1")), Chat.Lines(Chat.Of("c-2"), Chat.Of("c-3")));
        await host.Admin.SetTenantQuotaAsync(bucket.Tenant.Id, Format, new() { BytesADay = second.Length });
        await bucket.S3.Put(bucket.Bucket, "calls/a.jsonl", first);
        await bucket.Ingest();
        await bucket.S3.Put(bucket.Bucket, "calls/b.jsonl", second);

        await bucket.Ingest();
        Assert.Equal(0, (await bucket.Ingest()).Counts.Discovered);

        var deferred = Assert.Single((await bucket.Client.ListFilesAsync(status: FileStatus.Deferred)).Items);
        Assert.Equal(("calls/b.jsonl", null, false), (deferred.Key, deferred.ErrorCode, deferred.Retryable));
        Assert.Equal((first.Length, 1, second.Length, true), await Told(bucket));

        await host.NextDay();
        await Arranged.Until(async () => (await bucket.File("b.jsonl")).Status == FileStatus.Ingested);
        await bucket.Idle();

        (await bucket.File("b.jsonl")).Is(FileStatus.Ingested, accepted: 2);
        Assert.Empty((await bucket.Client.ListFilesAsync(status: FileStatus.Deferred)).Items);
        Assert.Equal((second.Length, 0, 0, false), await Told(bucket));
        Assert.Equal(
            ["file_discovered", "file_deferred", "file_started", "file_ingested"],
            (await bucket.Client.ListFileEventsAsync(deferred.Id)).Select(e => e.Type));
        Assert.Equal(2, await bucket.FilesCharged());
    }

    /// <summary>What usage and the connector tell alike.</summary>
    private static async Task<(long Used, long Files, long Bytes, bool Ended)> Told(Arranged bucket)
    {
        var quota = (await bucket.Client.GetUsageAsync()).Quotas.Single(q => q.Format == Format);
        Assert.Equal(quota, (await bucket.Client.GetConnectorAsync(bucket.Connector.Id)).Quota);
        return (quota.UsedBytes, quota.DeferredFiles, quota.DeferredBytes, quota.Ended);
    }
}
