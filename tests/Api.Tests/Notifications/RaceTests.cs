using QualityIngest.Api.Tests.Ingest;
using QualityIngest.Api.Tests.Ingest.Races;
using QualityIngest.Client;
using QualityIngest.TestKit.S3;

namespace QualityIngest.Api.Tests.Notifications;

/// <summary>A scan and a notification about one object at the same time: of two looks at the bucket the later one counts.</summary>
[Collection(NotificationCollection.Name)]
public sealed class RaceTests(NotificationHost host)
{
    [SkippableFact]
    public async Task A_file_that_came_after_its_page_was_listed_is_not_taken_for_gone()
    {
        await using var race = await Race.Start(host);
        var scan = await race.ScanUpToItsPage();

        await race.Bucket.PutChats("day.csv", "c-1");
        await race.Notified.Created("calls/day.csv");
        await race.IngestedOnce("day.csv");
        scan = await race.Finish(scan);

        Assert.Equal((ScanStatus.Completed, 0, 0, 0), (scan.Status, scan.Counts.Discovered, scan.Counts.Changed, scan.Counts.Removed));
        await race.IngestedOnce("day.csv");
    }

    [SkippableFact]
    public async Task A_page_that_shows_an_older_version_does_not_bring_it_back()
    {
        await using var race = await Race.Start(host);
        await race.Bucket.PutChats("day.csv", "c-1");
        var scan = await race.ScanUpToItsPage();

        await race.Bucket.PutChats("day.csv", "c-1", "c-2");
        await race.Notified.Created("calls/day.csv");
        await race.IngestedOnce("day.csv");
        scan = await race.Finish(scan);

        Assert.Equal((ScanStatus.Completed, 0, 0, 0), (scan.Status, scan.Counts.Discovered, scan.Counts.Changed, scan.Counts.Removed));
        await race.IngestedOnce("day.csv");
        (await race.Bucket.File("day.csv")).Is(FileStatus.Ingested, accepted: 2);
    }

    [SkippableFact]
    public async Task A_page_that_shows_a_removed_file_does_not_bring_it_back()
    {
        await using var race = await Race.Start(host);
        await race.Bucket.PutChats("day.csv", "c-1");
        await race.Notified.Created("calls/day.csv");
        await race.Bucket.Idle();
        var scan = await race.ScanUpToItsPage();

        await race.Bucket.S3.Delete(race.Bucket.Bucket, "calls/day.csv");
        await race.Notified.Removed("calls/day.csv");
        await Arranged.Until(async () => (await race.Bucket.File("day.csv")).Removed);
        scan = await race.Finish(scan);

        Assert.Equal((ScanStatus.Completed, 0, 0), (scan.Status, scan.Counts.Changed, scan.Counts.Removed));
        Assert.Equal(
            ["file_discovered", "file_started", "file_ingested", "file_removed"], await FlowTests.Events(race.Notified, "day.csv"));
    }

    [SkippableFact]
    public async Task A_late_look_of_a_notification_does_not_bring_an_older_version_back()
    {
        await using var race = await Race.Start(host);
        await race.Bucket.PutChats("day.csv", "c-1");
        var look = race.Hold(r => r.IsListing && r.Query.GetValueOrDefault("prefix") == "calls/day.csv");
        await race.Notified.Created("calls/day.csv");
        await look.Reached;

        await race.Bucket.PutChats("day.csv", "c-1", "c-2");
        var scan = await race.Notified.Client.StartScanAsync(race.Bucket.Connector.Id);
        await race.Ended(scan);
        look.Open();
        await race.Bucket.Idle();

        await race.IngestedOnce("day.csv");
        (await race.Bucket.File("day.csv")).Is(FileStatus.Ingested, accepted: 2);
    }

    [SkippableFact]
    public async Task Both_discover_a_file_at_the_same_moment_and_one_set_of_events_remains()
    {
        await using var race = await Race.Start(host);
        await race.Bucket.PutChats("day.csv", "c-1");
        var stream = Domain.Ids.File(await Source(race), "calls/day.csv");
        Scan scan;

        // A stream of the same id that is not committed: whoever adds it has to wait, having seen none.
        await using (var blocker = await Blocker.Hold(
            host.Database, $"insert into events.mt_streams (id, type, version, tenant_id) values ($1, 'file', 1, '{race.Bucket.Tenant.Id}')", stream))
        {
            scan = await race.Notified.Client.StartScanAsync(race.Bucket.Connector.Id);
            await race.Notified.Created("calls/day.csv");
            await blocker.Blocks(2);
        }

        await race.Ended(scan);
        await race.Bucket.Idle();
        Assert.Equal(ScanStatus.Completed, (await race.Notified.Client.GetScanAsync(scan.Id)).Status);
        await race.IngestedOnce("day.csv");
    }

    private async Task<Guid> Source(Race race)
    {
        await using var command = host.Database.Source.CreateCommand("select source_id from connectors where id = $1");
        command.Parameters.AddWithValue(race.Bucket.Connector.Id);
        return (Guid)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>A bucket behind a proxy that holds answers back.</summary>
    private sealed class Race(Notified notified, FaultProxy proxy) : IAsyncDisposable
    {
        private Held? _page;

        public Notified Notified => notified;

        public Arranged Bucket => notified.Bucket;

        public static async Task<Race> Start(NotificationHost host)
        {
            var (notified, proxy) = await host.ArrangeFaulty();
            return new(notified, proxy);
        }

        /// <summary>Starts a scan and holds its page back once the store has answered.</summary>
        public async Task<Scan> ScanUpToItsPage()
        {
            _page = Hold(r => r.IsListing && r.Query.GetValueOrDefault("prefix") == "calls/");
            var scan = await notified.Client.StartScanAsync(Bucket.Connector.Id);
            await _page.Reached;
            return scan;
        }

        /// <summary>Lets the page go, and everything come to its end.</summary>
        public async Task<Scan> Finish(Scan scan)
        {
            _page!.Open();
            await Ended(scan);
            await Bucket.Idle();
            return await notified.Client.GetScanAsync(scan.Id);
        }

        public Task Ended(Scan scan) =>
            Arranged.Until(async () => (await notified.Client.GetScanAsync(scan.Id)).Status != ScanStatus.Running);

        /// <summary>Waits until a file is ingested, by one discovery and one reading.</summary>
        public async Task IngestedOnce(string name)
        {
            await Arranged.Until(async () => (await notified.Client.ListFilesAsync(keyPrefix: $"calls/{name}")).Items is [{ Status: FileStatus.Ingested }]);
            Assert.Equal(["file_discovered", "file_started", "file_ingested"], await FlowTests.Events(notified, name));
        }

        /// <summary>Holds the next answer to such a request back, as the store gave it.</summary>
        public Held Hold(Func<S3Request, bool> which)
        {
            var held = new Held();
            proxy.Inject(which, Fault.Rewrite(held.Keep), times: 1);
            return held;
        }

        public ValueTask DisposeAsync()
        {
            _page?.Open();
            return proxy.DisposeAsync();
        }
    }

    private sealed class Held
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _open = new();

        public Task Reached => _reached.Task.WaitAsync(TimeSpan.FromSeconds(20));

        public void Open() => _open.TrySetResult();

        public byte[] Keep(byte[] answer)
        {
            _reached.TrySetResult();
            _open.Task.WaitAsync(TimeSpan.FromSeconds(20)).GetAwaiter().GetResult();
            return answer;
        }
    }
}
