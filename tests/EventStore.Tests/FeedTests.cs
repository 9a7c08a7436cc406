using QualityIngest.TestKit;

namespace QualityIngest.EventStore.Tests;

public sealed class FeedTests(TestDatabase database) : StoreTests(database)
{
    private EventFeed Feed() => new(Database.Source, Events.Registry());

    [SkippableFact]
    public async Task Events_behind_a_running_writer_wait_for_it()
    {
        var (early, late) = (Guid.NewGuid(), Guid.NewGuid());
        var feed = Feed();
        var start = await Drawn();
        await UntilFinal(feed, start);

        await using var running = await Begin();
        await Events.Store().Append(running.Transaction, Tenant, [Events.Open(early)], Cancel);
        await Append(Events.Store(), Events.Open(late));
        var held = await feed.Read(null, start, 100, Cancel);
        await running.Commit();
        var page = await ReadUntil(feed, start, events: 2);

        Assert.Empty(held.Events);
        Assert.Equal((start, 2L), (held.Next, held.Watermark.Behind));
        Assert.Equal([early, late], page.Events.Select(e => e.Stream));
        Assert.Equal(page.Events[1].Sequence, page.Next);
    }

    [SkippableFact]
    public async Task A_writer_that_took_the_newest_transaction_id_is_waited_for()
    {
        // Nothing has ended after it, so a snapshot's xmax is the writer's own id.
        var feed = Feed();
        var start = await Drawn();
        var stream = Guid.NewGuid();
        await using var running = await Begin();
        await Events.Store().Append(running.Transaction, Tenant, [Events.Open(stream)], Cancel);

        for (var look = 0; look < 3; look++)
            Assert.Equal((start, 0), ((await feed.Read(null, start, 100, Cancel)).Next, (await Feed().Read(null, start, 100, Cancel)).Events.Count));

        await running.Commit();
        Assert.Equal(stream, Assert.Single((await ReadUntil(feed, start, events: 1)).Events).Stream);
    }

    [SkippableFact]
    public async Task Numbers_of_a_writer_that_rolled_back_are_passed_over()
    {
        var feed = Feed();
        var start = await Drawn();
        await using (var vain = await Begin())
        {
            await Events.Store().Append(vain.Transaction, Tenant, [Events.Open(Guid.NewGuid(), "vain", new Noted(1), new Noted(2))], Cancel);
            await vain.Rollback();
        }
        var stream = Guid.NewGuid();
        await Append(Events.Store(), Events.Open(stream));

        var page = await ReadUntil(feed, start, events: 1);

        Assert.Equal((stream, start + 4), (page.Events[0].Stream, page.Events[0].Sequence));
        await UntilFinal(feed, start + 4);
        Assert.Equal(start + 4, (await feed.Read(null, start + 4, 1, Cancel)).Next);
    }

    [SkippableFact]
    public async Task A_tenants_reader_pages_through_its_own_events()
    {
        const string ours = "paged";
        var feed = Feed();
        var start = await Drawn();
        var ids = Events.Ids(5);
        foreach (var id in ids)
        {
            await using var writer = await Begin();
            await Events.Store().Append(writer.Transaction, ours, [Events.Open(id)], Cancel);
            await Events.Store().Append(writer.Transaction, "crowd", [Events.Open(id, "b", new Noted(1))], Cancel);
            await writer.Commit();
        }
        var end = await Drawn();
        await UntilFinal(feed, end);

        var seen = new List<Guid>();
        var cursor = start;
        var pages = 0;
        for (FeedPage page; cursor < end; cursor = page.Next, pages++)
        {
            page = await feed.Read(ours, cursor, 2, Cancel);
            Assert.All(page.Events, e => Assert.Equal(ours, e.Tenant));
            seen.AddRange(page.Events.Select(e => e.Stream));
        }

        Assert.Equal(ids, seen);
        Assert.Equal(3, pages);
        Assert.Equal(15, (await feed.Read(null, start, 100, Cancel)).Events.Count);
    }

    [SkippableFact]
    public async Task The_lag_tells_what_is_held_back_and_for_how_long()
    {
        var feed = Feed();
        await UntilFinal(feed, await Drawn());
        await using var running = await Begin();
        await Events.Store().Append(running.Transaction, Tenant, [Events.Open(Guid.NewGuid(), "a", new Noted(1))], Cancel);

        var lag = await feed.Lag(Cancel);

        Assert.Equal(2, lag.Behind);
        Assert.True(lag.OldestWriter > TimeSpan.Zero);
    }

    [SkippableFact]
    public async Task A_page_has_bounds()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Feed().Read(null, 0, 0, Cancel));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Feed().Read(null, 0, EventFeed.MaxPage + 1, Cancel));
        var beyond = await Feed().Read(null, long.MaxValue, 1, Cancel);
        Assert.Equal((0, long.MaxValue), (beyond.Events.Count, beyond.Next));
    }

    private Task<long> Drawn() =>
        Scalar<long>("select case when is_called then last_value else 0 end from events.mt_events_sequence");

    // Writers of other databases on the server hold the feed back too, for as long as their transactions last.
    private static async Task<FeedPage> ReadUntil(EventFeed feed, long after, int events)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            var page = await feed.Read(null, after, 100, patience.Token);
            if (page.Events.Count >= events)
                return page;
        }
    }

    private static async Task UntilFinal(EventFeed feed, long number)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while ((await feed.Watermark(patience.Token)).Final < number)
            patience.Token.ThrowIfCancellationRequested();
    }
}
