using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Ingest.Rules;

[Collection(IngestCollection.Name)]
public sealed class ScanTests(IngestHost host)
{
    [SkippableFact]
    public async Task The_log_tells_every_scan_and_what_it_found()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutChats("a.csv", "c-1");
        await bucket.PutChats("b.csv", "c-2");
        await bucket.Ingest();
        await bucket.PutCsv("a.csv", [Arranged.Row("c-1", start: "2025-06-10T13:00:00Z")]);
        await bucket.S3.Delete(bucket.Bucket, "calls/b.csv");
        await bucket.S3.Put(bucket.Bucket, "calls/test.csv", "x");
        await bucket.Ingest();

        var log = (await bucket.Client.ListScansAsync(bucket.Connector.Id)).Items;

        Assert.Equal(
            [(1, 4, 1, 1, 1, 1, 0), (1, 4, 2, 0, 0, 0, 0)],
            log.Select(s => (
                (int)s.Counts.Pages, (int)s.Counts.Listed, (int)s.Counts.Discovered, (int)s.Counts.Changed, (int)s.Counts.Removed,
                (int)s.Counts.Skipped, (int)s.Counts.Ignored)));
        Assert.All(log, s => Assert.Equal((ScanStatus.Completed, ScanTrigger.Manual), (s.Status, s.Trigger)));
        Assert.All(log, s => Assert.NotNull(s.DurationMs));
        Assert.NotNull((await bucket.Client.GetConnectorAsync(bucket.Connector.Id)).LastDiscoveryAt);
    }

    [SkippableFact]
    public async Task A_disabled_connector_does_nothing_until_it_is_enabled()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutChats("day.csv", "c-1");
        await bucket.Client.DisableConnectorAsync(bucket.Connector.Id);
        await Answer.Refused(409, "connector_disabled", () => bucket.Client.StartScanAsync(bucket.Connector.Id));
        await bucket.Client.EnableConnectorAsync(bucket.Connector.Id);

        await bucket.Ingest();

        Assert.Equal(ConversationStatus.Completed, (await bucket.Conversation("c-1")).Status);
    }

    [SkippableFact]
    public async Task Work_of_a_connector_that_is_disabled_waits_and_goes_on_when_it_is_enabled()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutChats("day.csv", "c-1");
        await bucket.Ingest();
        var conversation = await bucket.Conversation("c-1");
        await bucket.Client.DisableConnectorAsync(bucket.Connector.Id);

        await bucket.Client.RetryConversationAsync(conversation.Id);
        await bucket.Client.RetryFileAsync((await bucket.File("day.csv")).Id);
        await bucket.OtherWork();
        Assert.Equal(ConversationStatus.Processing, (await bucket.Conversation("c-1")).Status);
        Assert.Equal(FileStatus.Discovered, (await bucket.File("day.csv")).Status);

        await bucket.Client.EnableConnectorAsync(bucket.Connector.Id);
        await bucket.Idle();
        Assert.Equal(ConversationStatus.Completed, (await bucket.Conversation("c-1")).Status);
        (await bucket.File("day.csv")).Is(FileStatus.Ingested, accepted: 1);
    }

    [SkippableFact]
    public async Task A_file_that_waits_for_a_disabled_connector_is_read_by_the_one_that_finds_it_now()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutChats("day.csv", "c-1");
        await bucket.Ingest();
        await bucket.Client.DisableConnectorAsync(bucket.Connector.Id);
        await bucket.Client.RetryFileAsync((await bucket.File("day.csv")).Id);
        var next = await bucket.Client.CreateConnectorAsync(IngestHost.Input(bucket.S3, bucket.Bucket) with { Name = "Next" });

        await bucket.Ingest(next.Id);

        (await bucket.File("day.csv")).Is(FileStatus.Ingested, accepted: 1);
    }

    [SkippableFact]
    public async Task Another_tenant_sees_none_of_it()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutChats("day.csv", "c-1");
        var scan = await bucket.Ingest();
        var file = await bucket.File("day.csv");
        var conversation = await bucket.Conversation("c-1");
        var other = (await host.NewTenant()).Client;

        await NotFound(() => other.GetConnectorAsync(bucket.Connector.Id));
        await NotFound(() => other.ReplaceConnectorAsync(bucket.Connector.Id, "*", IngestHost.Input(bucket.S3, bucket.Bucket)));
        await NotFound(() => other.DeleteConnectorAsync(bucket.Connector.Id, "*"));
        await NotFound(() => other.DisableConnectorAsync(bucket.Connector.Id));
        await NotFound(() => other.TestConnectorAsync(bucket.Connector.Id));
        await NotFound(() => other.GetConnectorPolicyAsync(bucket.Connector.Id));
        await NotFound(() => other.GetQueueMappingsAsync(bucket.Connector.Id));
        await NotFound(() => other.ReplaceQueueMappingsAsync(bucket.Connector.Id, "*", new() { Mappings = [] }));
        await NotFound(() => other.StartScanAsync(bucket.Connector.Id));
        await NotFound(() => other.ListScansAsync(bucket.Connector.Id));
        await NotFound(() => other.GetScanAsync(scan.Id));
        await NotFound(() => other.CancelScanAsync(scan.Id));
        await NotFound(() => other.GetFileAsync(file.Id));
        await NotFound(() => other.ListFileEventsAsync(file.Id));
        await NotFound(() => other.ListRejectionsAsync(file.Id));
        await NotFound(() => other.ExportRejectionsAsync(file.Id));
        await NotFound(() => other.RetryFileAsync(file.Id));
        await NotFound(() => other.GetConversationAsync(conversation.Id));
        await NotFound(() => other.GetTranscriptAsync(conversation.Id));
        await NotFound(() => other.ListRevisionsAsync(conversation.Id));
        await NotFound(() => other.ListConversationEventsAsync(conversation.Id));
        await NotFound(() => other.RetryConversationAsync(conversation.Id));
        Assert.Empty((await other.ListConnectorsAsync()).Items);
        Assert.Empty((await other.ListFilesAsync()).Items);
        Assert.Empty((await other.ListConversationsAsync()).Items);
        Assert.Equal(0, (await other.GetUsageAsync()).Today.Files);
        using var export = await other.ExportConversationsAsync();
        Assert.Equal("", await new StreamReader(export.Stream).ReadToEndAsync());

        await other.RetryConversationsAsync(new() { ConnectorId = bucket.Connector.Id });
        await bucket.OtherWork();
        Assert.Equal(conversation.Version, (await bucket.Conversation("c-1")).Version);
    }

    private static async Task NotFound(Func<Task> call) => await Answer.Refused(404, "not_found", call);
}
