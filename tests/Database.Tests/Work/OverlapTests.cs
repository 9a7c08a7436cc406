using QualityIngest.TestKit;

namespace QualityIngest.Database.Tests.Work;

/// <summary>Requests and workers that meet at one item, with the overlap held open until one waits for the other.</summary>
public sealed class OverlapTests(TestDatabase database) : WorkFacts(database), IClassFixture<TestDatabase>
{
    [SkippableFact]
    public async Task A_request_that_meets_a_completion_becomes_a_new_item()
    {
        await Enqueue(New("a", """{"n": 1}"""));
        var running = await ClaimOne();
        await using var worker = await Database.Postgres.Pipeline(Tenant, Never);
        await Queue.Complete(worker, [running], Never);

        var request = Enqueue(New("a", """{"n": 1}"""));
        await AwaitBlocked();
        await worker.Commit(Never);
        await request;

        Assert.NotEqual(running.Id, (await ClaimOne()).Id);
    }

    [SkippableFact]
    public async Task A_completion_that_meets_a_request_leaves_it_to_be_done()
    {
        await Enqueue(New("a", """{"n": 1}"""));
        var running = await ClaimOne();
        await using var request = await Database.Postgres.Pipeline(Tenant, Never);
        await Queue.Enqueue(request, Tenant, [New("a", """{"n": 2}""")], Never);

        var completion = In(session => Queue.Complete(session, [running], Never));
        await AwaitBlocked();
        await request.Commit(Never);
        await completion;

        Assert.Equal("""{"n": 2}""", (await ClaimOne()).Payload);
    }

    [SkippableFact]
    public async Task Requests_for_the_same_keys_in_opposite_order_do_not_deadlock()
    {
        NewWorkItem[] forth = [.. Enumerable.Range(0, 200).Select(n => New($"item-{n}"))];
        NewWorkItem[] back = [.. forth.Reverse()];

        await Task.WhenAll(Enumerable.Range(0, 16).Select(n => Enqueue(n % 2 == 0 ? forth : back)));

        Assert.Equal(200, await Count());
    }

    [SkippableFact]
    public async Task A_completion_takes_its_items_in_the_order_of_a_request_for_the_same_keys()
    {
        await Enqueue(New("b"));
        await Enqueue(New("a"));
        var running = await Queue.Claim(Kind, 2, Never);
        await using var request = await Database.Postgres.Pipeline(Tenant, Never);
        await Queue.Enqueue(request, Tenant, [New("a")], Never);

        var completion = In(session => Queue.Complete(session, running, Never));
        await AwaitBlocked();
        await Queue.Enqueue(request, Tenant, [New("b")], Never);
        await request.Commit(Never);
        await completion;

        Assert.Equal(2, (await Queue.Claim(Kind, 2, Never)).Count);
    }

    [SkippableFact]
    public async Task A_lane_that_closes_while_items_are_claimed_blocks_nobody()
    {
        await Enqueue(New("a", lane: Lane(1)));
        await using var closing = await Database.Postgres.Pipeline(Tenant, Never);
        await Queue.CloseLane(closing, Tenant, Lane(1), Never);

        Assert.Single(await Queue.Claim(Kind, 1, Never));
        await closing.Commit(Never);
    }

    private async Task AwaitBlocked()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var blocked = false;
        while (!blocked)
        {
            // A session of its own for each look: within a transaction, what the activity view showed first is shown again.
            await using var session = await Database.Postgres.System(limit.Token);
            blocked = await session.Scalar<bool>(
                new Statement("select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')"),
                limit.Token);
        }
    }
}
