using QualityIngest.TestKit;

namespace QualityIngest.Database.Tests.Work;

public sealed class WorkQueueTests(TestDatabase database) : WorkFacts(database), IClassFixture<TestDatabase>
{
    [SkippableFact]
    public async Task An_item_is_claimed_with_its_lease_its_attempt_and_its_fence()
    {
        await Enqueue(New("a", """{"n": 1}"""));

        var item = Assert.Single(await Queue.Claim(Kind, 10, Never));

        Assert.Equal((Tenant, Kind, "a", 1, 1L), (item.Tenant, item.Kind, item.Key, item.Attempts, item.Fence));
        Assert.Equal("""{"n": 1}""", item.Payload);
        Assert.Null(item.Progress);
        Assert.Empty(await Queue.Claim(Kind, 10, Never));
    }

    [SkippableFact]
    public async Task What_is_not_committed_is_never_claimed()
    {
        await using (var session = await Database.Postgres.Pipeline(Tenant, Never))
        {
            await Queue.Enqueue(session, Tenant, [New("a")], Never);
            Assert.Empty(await Queue.Claim(Kind, 10, Never));
        }
        Assert.Empty(await Queue.Claim(Kind, 10, Never));
    }

    [SkippableFact]
    public async Task Many_claimers_at_once_get_each_item_once()
    {
        var keys = Enumerable.Range(0, 400).Select(n => $"item-{n}").ToArray();
        await Enqueue([.. keys.Select((key, n) => New(key, lane: n % 3 == 0 ? null : Lane(n % 3)))]);

        var claimed = await Task.WhenAll(Enumerable.Range(0, 12).Select(async _ =>
        {
            var mine = new List<string>();
            while (await Queue.Claim(Kind, 7, Never) is { Count: > 0 } items)
                mine.AddRange(items.Select(item => item.Key));
            return mine;
        }));

        Assert.Equal(keys.Order(), claimed.SelectMany(mine => mine).Order());
    }

    [SkippableFact]
    public async Task A_completed_item_is_gone()
    {
        await Enqueue(New("a"));
        var items = await Queue.Claim(Kind, 1, Never);

        await In(session => Queue.Complete(session, items, Never));

        Assert.Equal(0, await Count());
    }

    [SkippableFact]
    public async Task A_delayed_item_waits_for_its_time()
    {
        await Enqueue(New("a") with { Delay = TimeSpan.FromHours(1) });
        Assert.Empty(await Queue.Claim(Kind, 1, Never));

        await Shift(TimeSpan.FromHours(1));
        Assert.Single(await Queue.Claim(Kind, 1, Never));
    }

    [SkippableFact]
    public async Task A_waiting_item_is_not_added_twice()
    {
        await Enqueue(New("a", """{"n": 1}"""), New("b"));
        await Enqueue(New("a", """{"n": 1}"""));

        Assert.Equal(["a", "b"], (await Queue.Claim(Kind, 10, Never)).Select(item => item.Key).Order());
    }

    [SkippableFact]
    public async Task A_waiting_item_takes_a_later_payload()
    {
        await Enqueue(New("a", """{"n": 1}"""));
        await Enqueue(New("a", """{"n": 2}"""), New("a", """{"n": 3}"""));

        Assert.Equal("""{"n": 3}""", Assert.Single(await Queue.Claim(Kind, 10, Never)).Payload);
    }

    [SkippableTheory]
    [InlineData("""{"n": 1}""")]
    [InlineData("""{"n": 2}""")]
    public async Task What_is_asked_for_while_it_runs_runs_again(string payload)
    {
        await Enqueue(New("a", """{"n": 1}"""));
        var first = await Queue.Claim(Kind, 10, Never);
        await Enqueue(New("a", payload));
        Assert.Empty(await Queue.Claim(Kind, 10, Never));

        await In(session => Queue.Complete(session, first, Never));

        var second = Assert.Single(await Queue.Claim(Kind, 10, Never));
        Assert.Equal((payload, 1), (second.Payload, second.Attempts));
        await In(session => Queue.Complete(session, [second], Never));
        Assert.Equal(0, await Count());
    }

    [SkippableFact]
    public async Task What_is_asked_for_while_it_fails_starts_over_at_once()
    {
        await Enqueue(New("a", """{"n": 1}"""));
        var first = await ClaimOne();
        await In(session => Queue.SaveProgress(session, first, """{"line": 7}""", Never));
        await Enqueue(New("a", """{"n": 2}"""));

        await In(session => Queue.Retry(session, first, "s3_slow", "Slow.", Never));

        var second = await ClaimOne();
        Assert.Equal(("""{"n": 2}""", 1, null), (second.Payload, second.Attempts, second.Progress));
    }

    [SkippableFact]
    public async Task Requests_enqueue_and_see_their_own_tenants_items_alone()
    {
        await using (var session = await Database.Postgres.Tenant(Tenant, Never))
        {
            await Queue.Enqueue(session, Tenant, [New("a", """{"n": 1}""")], Never);
            await Queue.Enqueue(session, Tenant, [New("a", """{"n": 2}""")], Never);
            await Queue.CloseLane(session, Tenant, Lane(1), Never);
            await session.Commit(Never);
        }
        await using var other = await Database.Postgres.Tenant("other", Never);
        Assert.Equal(0, await other.Scalar<long>(new Statement("select count(*) from work_items"), Never));
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => Queue.Enqueue(other, Tenant, [New("b")], Never));
    }

    [SkippableFact]
    public async Task The_backlog_tells_due_delayed_closed_running_and_dead_items_apart()
    {
        await Enqueue(New("running"), New("dead"));
        var items = await Queue.Claim(Kind, 2, Never);
        await In(session => Queue.Bury(session, items.Single(i => i.Key == "dead"), "broken", "It is broken.", Never));
        await Enqueue(New("due"), New("later") with { Delay = TimeSpan.FromMinutes(5) }, New("closed", lane: Lane(1)));
        await In(session => Queue.CloseLane(session, Tenant, Lane(1), Never));
        await In(session => session.Execute(new Statement(
            "update work_items set available_at = available_at - interval '90 s' where key = 'due'"), Never));

        var backlog = (await Queue.Backlog(Never)).Single(b => b.Kind == Kind);

        Assert.Equal((1, 1, 1, 1, 1), (backlog.Due, backlog.Later, backlog.Closed, backlog.Running, backlog.Dead));
        Assert.InRange(backlog.OldestSeconds, 90, 150);
    }
}
