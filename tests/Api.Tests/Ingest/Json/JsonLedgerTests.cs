using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Ingest.Json;

/// <summary>What a source remembers while its connector rests, goes and comes again.</summary>
[Collection(JsonCollection.Name)]
public sealed class JsonLedgerTests(JsonHost host)
{
    [SkippableFact]
    public async Task A_connector_that_is_removed_and_added_again_ingests_and_charges_nothing_twice()
    {
        var bucket = await host.ArrangeJsonReady();
        await bucket.S3.Put(bucket.Bucket, "calls/day.jsonl", Chat.Lines(Chat.Of("c-1"), Chat.Of("c-2")));
        await bucket.Ingest();
        var (file, usage) = (await bucket.File("day.jsonl"), await bucket.Client.GetUsageAsync());
        await bucket.Client.DeleteConnectorAsync(bucket.Connector.Id, "*");

        var again = await bucket.Client.CreateConnectorAsync(IngestHost.Input(bucket.S3, bucket.Bucket) with { Format = "conversation-json" });
        var scan = await bucket.Ingest(again.Id);

        Assert.Equal((1, 0, 0), (scan.Counts.Listed, scan.Counts.Discovered, scan.Counts.Changed));
        Assert.Equal(file.Version, (await bucket.File("day.jsonl")).Version);
        Assert.Equal((1, 3), ((await bucket.Conversation("c-1")).Revision, (await bucket.Conversation("c-1")).Version));
        var after = await bucket.Client.GetUsageAsync();
        Assert.Equal((usage.Today.Bytes, usage.Today.Files), (after.Today.Bytes, after.Today.Files));
        Assert.Equal(Assert.Single(usage.Quotas).UsedBytes, Assert.Single(after.Quotas).UsedBytes);
    }

    [SkippableFact]
    public async Task A_disabled_connector_stays_listed_with_its_files_and_goes_on_where_it_was()
    {
        var bucket = await host.ArrangeJsonReady();
        Assert.Null(bucket.Connector.LastDiscoveryAt);
        await bucket.S3.Put(bucket.Bucket, "calls/a.json", Chat.Of("c-1"));
        await bucket.Ingest();
        var discovered = (await bucket.Client.GetConnectorAsync(bucket.Connector.Id)).LastDiscoveryAt;
        Assert.NotNull(discovered);

        await bucket.Client.DisableConnectorAsync(bucket.Connector.Id);
        await bucket.S3.Put(bucket.Bucket, "calls/b.json", Chat.Of("c-2"));
        await Answer.Refused(409, "connector_disabled", () => bucket.Client.StartScanAsync(bucket.Connector.Id));
        var listed = Assert.Single((await bucket.Client.ListConnectorsAsync()).Items);
        Assert.Equal((false, discovered, 1), (listed.Enabled, listed.LastDiscoveryAt, (await bucket.Client.ListFilesAsync()).Items.Count));
        await bucket.Client.EnableConnectorAsync(bucket.Connector.Id);
        var scan = await bucket.Ingest();

        Assert.Equal((2, 1, 0), (scan.Counts.Listed, scan.Counts.Discovered, scan.Counts.Changed));
        (await bucket.File("b.json")).Is(FileStatus.Ingested, accepted: 1);
        Assert.Equal(2, await bucket.FilesCharged());
        Assert.True((await bucket.Client.GetConnectorAsync(bucket.Connector.Id)).LastDiscoveryAt > discovered);
    }

    [SkippableFact]
    public async Task Files_from_before_the_bound_are_neither_ingested_nor_charged_until_it_is_lifted()
    {
        var bucket = await host.ArrangeJsonReady(input => input with { Source = input.Source with { IngestFrom = DateTimeOffset.UtcNow.AddDays(1) } });
        await bucket.S3.Put(bucket.Bucket, "calls/a.json", Chat.Of("c-1"));

        Assert.Equal((0, 1), ((await bucket.Ingest()).Counts.Discovered, (await bucket.Ingest()).Counts.Ignored));
        Assert.Equal(0, Assert.Single((await bucket.Client.GetUsageAsync()).Quotas).UsedBytes);

        await bucket.Client.ReplaceConnectorAsync(
            bucket.Connector.Id, "*", IngestHost.Input(bucket.S3, bucket.Bucket) with { Format = "conversation-json" });
        await bucket.Ingest();
        (await bucket.File("a.json")).Is(FileStatus.Ingested, accepted: 1);
    }
}
