using QualityIngest.Api.Tests.Ingest;
using QualityIngest.Api.Tests.Ingest.Json;
using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Notifications;

/// <summary>Files of conversations that a bucket tells of: ingested, and charged to the day, without any scan.</summary>
[Collection(NotificationCollection.Name)]
public sealed class JsonFlowTests(NotificationHost host)
{
    [SkippableFact]
    public async Task A_message_that_SNS_signed_makes_lines_conversations_once()
    {
        var notified = await Arrange();
        var lines = Chat.Lines(Chat.Of("c-1"), "{broken", Chat.Of("c-2"));
        await notified.Bucket.S3.Put(notified.Bucket.Bucket, "calls/day.jsonl", lines);
        await notified.Bucket.S3.Put(notified.Bucket.Bucket, "calls/notes.txt", "No conversations.");

        await notified.Created("calls/day.jsonl");
        await notified.Bucket.Idle();
        await notified.Created("calls/day.jsonl");
        (await notified.Post(notified.Message("ObjectCreated:Put", "calls/notes.txt"))).Is("ignored");
        await notified.Bucket.Idle();

        (await notified.Bucket.File("day.jsonl")).Is(FileStatus.PartiallyIngested, accepted: 2, rejected: 1);
        Assert.Equal(ConversationStatus.Completed, (await notified.Bucket.Conversation("c-2")).Status);
        Assert.Empty((await notified.Client.ListScansAsync(notified.Bucket.Connector.Id)).Items);
        Assert.Equal(["file_discovered", "file_started", "file_ingested"], await FlowTests.Events(notified, "day.jsonl"));
        var quota = Assert.Single((await notified.Client.GetUsageAsync()).Quotas);
        Assert.Equal((1, lines.Length), (quota.UsedFiles, quota.UsedBytes));
    }

    [SkippableFact]
    public async Task An_event_of_EventBridge_does_too_and_the_next_scan_finds_nothing_new()
    {
        var notified = await Arrange();
        await notified.Bucket.S3.Put(notified.Bucket.Bucket, "calls/day.jsonl", Chat.Lines(Chat.Of("c-1")));
        var key = await host.NewKey(notified.Bucket.Tenant.Id, "notifications:write");

        (await notified.Post(FlowTests.Event(notified, "Object Created", "calls/day.jsonl"), key: key.Secret)).Is("accepted", 1);
        await notified.Bucket.Idle();

        (await notified.Bucket.File("day.jsonl")).Is(FileStatus.Ingested, accepted: 1);
        Assert.Empty((await notified.Client.ListScansAsync(notified.Bucket.Connector.Id)).Items);
        var scan = await notified.Bucket.Ingest();
        Assert.Equal((1, 0, 0), (scan.Counts.Listed, scan.Counts.Discovered, scan.Counts.Changed));
        Assert.Equal(1, await notified.Bucket.FilesCharged());
    }

    private async Task<Notified> Arrange()
    {
        var notified = await host.ArrangeNotified(input => input with { Format = "conversation-json" });
        await notified.Client.CreateAgentAsync(new() { Name = "Ana", ExternalId = Chat.Agent });
        return notified;
    }
}
