using System.Text.Json.Nodes;
using QualityIngest.Api.Tests.Ingest;
using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Notifications;

/// <summary>From an object in a bucket to its conversations, without any scan.</summary>
[Collection(NotificationCollection.Name)]
public sealed class FlowTests(NotificationHost host)
{
    [SkippableFact]
    public async Task A_file_is_ingested_when_its_bucket_tells_of_it()
    {
        var notified = await host.ArrangeNotified();
        await notified.Bucket.PutChats("day.csv", "c-1", "c-2");

        await notified.Created("calls/day.csv");
        await notified.Bucket.Idle();

        (await notified.Bucket.File("day.csv")).Is(FileStatus.Ingested, accepted: 2);
        Assert.Equal(ConversationStatus.Completed, (await notified.Bucket.Conversation("c-1")).Status);
        Assert.Empty((await notified.Client.ListScansAsync(notified.Bucket.Connector.Id)).Items);
        Assert.NotNull((await notified.Client.GetNotificationsAsync(notified.Bucket.Connector.Id)).LastReceivedAt);
        Assert.Equal(["file_discovered", "file_started", "file_ingested"], await Events(notified, "day.csv"));
    }

    [SkippableFact]
    public async Task A_repeated_notification_changes_nothing()
    {
        var notified = await host.ArrangeNotified();
        await notified.Bucket.PutChats("day.csv", "c-1");
        var message = notified.Message("ObjectCreated:Put", "calls/day.csv");

        var posted = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => notified.Post(message)));
        await notified.Bucket.Idle();
        (await notified.Post(message)).Is("accepted", 1);
        await notified.Bucket.Idle();

        Assert.All(posted, p => p.Is("accepted", 1));
        Assert.Equal(["file_discovered", "file_started", "file_ingested"], await Events(notified, "day.csv"));
        Assert.Equal(1, await notified.Bucket.FilesCharged());
    }

    [SkippableFact]
    public async Task A_scan_after_it_finds_nothing_new()
    {
        var notified = await host.ArrangeNotified();
        await notified.Bucket.PutChats("day.csv", "c-1");
        await notified.Created("calls/day.csv");
        await notified.Bucket.Idle();

        var scan = await notified.Bucket.Ingest();

        Assert.Equal((0, 0, 0), (scan.Counts.Discovered, scan.Counts.Changed, scan.Counts.Removed));
        Assert.Equal(3, (await Events(notified, "day.csv")).Count);
    }

    [SkippableFact]
    public async Task Notifications_may_come_in_any_order()
    {
        var notified = await host.ArrangeNotified();
        await notified.Removed("calls/day.csv");
        await notified.Bucket.Idle();
        Assert.Empty((await notified.Client.ListFilesAsync()).Items);

        var first = notified.Message("ObjectCreated:Put", "calls/day.csv");
        await notified.Bucket.PutChats("day.csv", "c-1");
        await notified.Bucket.PutChats("day.csv", "c-1", "c-2");
        await notified.Created("calls/day.csv");
        await notified.Bucket.Idle();
        (await notified.Post(first)).Is("accepted", 1);
        await notified.Removed("calls/day.csv");
        await notified.Bucket.Idle();

        (await notified.Bucket.File("day.csv")).Is(FileStatus.Ingested, accepted: 2);
        Assert.Equal(["file_discovered", "file_started", "file_ingested"], await Events(notified, "day.csv"));
    }

    [SkippableFact]
    public async Task A_new_version_is_read_and_a_removal_is_marked_when_the_object_is_really_gone()
    {
        var notified = await host.ArrangeNotified();
        await notified.Bucket.PutChats("day.csv", "c-1");
        await notified.Created("calls/day.csv");
        await notified.Bucket.Idle();

        await notified.Bucket.PutChats("day.csv", "c-1", "c-2");
        await notified.Created("calls/day.csv");
        await notified.Bucket.Idle();
        (await notified.Bucket.File("day.csv")).Is(FileStatus.Ingested, accepted: 1, duplicate: 1);

        await notified.Bucket.S3.Delete(notified.Bucket.Bucket, "calls/day.csv");
        await notified.Removed("calls/day.csv");
        await notified.Bucket.Idle();
        Assert.True((await notified.Bucket.File("day.csv")).Removed);
        Assert.Equal(ConversationStatus.Completed, (await notified.Bucket.Conversation("c-1")).Status);
        Assert.Equal(
            ["file_discovered", "file_started", "file_ingested", "file_changed", "file_started", "file_ingested", "file_removed"],
            await Events(notified, "day.csv"));
    }

    [SkippableFact]
    public async Task A_key_that_is_not_there_comes_to_nothing()
    {
        var notified = await host.ArrangeNotified();
        await notified.Bucket.PutChats("day.csv.bak.csv", "c-1");

        await notified.Created("calls/day.csv", "calls/no such thing.csv");
        await notified.Bucket.Idle();

        Assert.Empty((await notified.Client.ListFilesAsync()).Items);
        Assert.Empty((await host.Admin.ListDeadLettersAsync(tenant: notified.Bucket.Tenant.Id)).Items);
    }

    [SkippableTheory]
    [InlineData("other/day.csv")]
    [InlineData("calls2/day.csv")]
    [InlineData("calls/c-1.json")]
    [InlineData("day.csv")]
    public async Task A_key_that_the_connector_would_not_ingest_is_ignored(string key)
    {
        var notified = await host.ArrangeNotified();
        await notified.Bucket.S3.Put(notified.Bucket.Bucket, key, "x");

        (await notified.Post(notified.Message("ObjectCreated:Put", key))).Is("ignored");

        await notified.Bucket.Idle();
        Assert.Empty((await notified.Client.ListFilesAsync()).Items);
    }

    [SkippableFact]
    public async Task Another_buckets_objects_are_ignored()
    {
        var notified = await host.ArrangeNotified();
        var message = notified.Topic.Notification(TestKit.Sns.SnsTopic.Records("another-bucket", "ObjectCreated:Put", "calls/day.csv"));

        (await notified.Post(message)).Is("ignored");
    }

    [SkippableTheory]
    [InlineData("calls/a day+two.csv")]
    [InlineData("calls/100%.csv")]
    [InlineData("calls/%41.csv")]
    [InlineData("calls/Grüße 通話 📞.csv")]
    [InlineData("calls/a&b=c?d#e:f@g.csv")]
    [InlineData("calls/deep/er/day.csv")]
    public async Task A_key_of_any_letters_is_found(string key)
    {
        var notified = await host.ArrangeNotified();
        await notified.Bucket.PutScript("c-1");
        await notified.Bucket.S3.Put(notified.Bucket.Bucket, key, $"{Arranged.Header}\n{Arranged.Row("c-1")}\n");

        await notified.Created(key);
        await notified.Bucket.Idle();

        var file = Assert.Single((await notified.Client.ListFilesAsync()).Items);
        Assert.Equal((key, FileStatus.Ingested), (file.Key, file.Status));
    }

    [SkippableFact]
    public async Task Objects_from_before_the_connectors_time_stay_outside()
    {
        var notified = await host.ArrangeNotified(input => input with { Source = input.Source with { IngestFrom = DateTimeOffset.UtcNow.AddDays(1) } });
        await notified.Bucket.PutChats("day.csv", "c-1");

        await notified.Created("calls/day.csv");
        await notified.Bucket.Idle();

        Assert.Empty((await notified.Client.ListFilesAsync()).Items);
    }

    [SkippableFact]
    public async Task Files_with_nothing_to_ingest_are_skipped()
    {
        var notified = await host.ArrangeNotified();
        await notified.Bucket.S3.Put(notified.Bucket.Bucket, "calls/test.csv", "x");
        await notified.Bucket.S3.Put(notified.Bucket.Bucket, "calls/empty.csv", "");

        await notified.Created("calls/test.csv", "calls/empty.csv");
        await notified.Bucket.Idle();

        Assert.Equal(["empty_file", "test_file"], (await notified.Client.ListFilesAsync()).Items.Select(f => f.ErrorCode).Order());
    }

    [SkippableFact]
    public async Task A_burst_of_keys_is_looked_at_in_batches()
    {
        var notified = await host.ArrangeNotified();
        string[] names = [.. Enumerable.Range(1, 40).Select(i => $"day-{i}.csv")];
        await Task.WhenAll(names.Select((name, i) => notified.Bucket.PutChats(name, $"c-{i}")));

        await Task.WhenAll(names.Select(name => notified.Created($"calls/{name}")));
        await notified.Created([.. names.Select(name => $"calls/{name}")]);
        await notified.Bucket.Idle();

        Assert.Equal(40, (await notified.Client.ListFilesAsync(limit: 100, status: FileStatus.Ingested)).Items.Count);
        Assert.Equal(40, await notified.Bucket.FilesCharged());
    }

    [SkippableFact]
    public async Task An_event_of_event_bridge_comes_with_an_api_key()
    {
        var notified = await host.ArrangeNotified();
        await notified.Bucket.PutScript("c-1");
        await notified.Bucket.PutCsv("a+b 100%.csv", [Arranged.Row("c-1")]);
        var key = await host.NewKey(notified.Bucket.Tenant.Id, "notifications:write");

        (await notified.Post(Event(notified, "Object Created", "calls/a+b 100%.csv"), key: key.Secret)).Is("accepted", 1);
        await notified.Bucket.Idle();
        (await notified.Bucket.File("a+b 100%.csv")).Is(FileStatus.Ingested, accepted: 1);

        await notified.Bucket.S3.Delete(notified.Bucket.Bucket, "calls/a+b 100%.csv");
        (await notified.Post(Event(notified, "Object Deleted", "calls/a+b 100%.csv"), key: key.Secret)).Is("accepted", 1);
        await notified.Bucket.Idle();
        Assert.True((await notified.Bucket.File("a+b 100%.csv")).Removed);
    }

    internal static async Task<List<string>> Events(Notified notified, string name) =>
        [.. (await notified.Client.ListFileEventsAsync((await notified.Bucket.File(name)).Id)).Select(e => e.Type)];

    internal static JsonObject Event(Notified notified, string type, string key) => new()
    {
        ["version"] = "0",
        ["id"] = Guid.NewGuid().ToString(),
        ["detail-type"] = type,
        ["source"] = "aws.s3",
        ["account"] = "123456789012",
        ["time"] = "2025-06-10T14:00:00Z",
        ["region"] = "eu-central-1",
        ["resources"] = new JsonArray($"arn:aws:s3:::{notified.Bucket.Bucket}"),
        ["detail"] = new JsonObject
        {
            ["version"] = "0",
            ["bucket"] = new JsonObject { ["name"] = notified.Bucket.Bucket },
            ["object"] = new JsonObject { ["key"] = key, ["size"] = 1, ["etag"] = "00", ["sequencer"] = "00" },
            ["reason"] = "PutObject",
        },
    };
}
