using QualityIngest.TestKit;

namespace QualityIngest.Database.Tests.Work;

public sealed class LeaseTests(TestDatabase database) : WorkFacts(database), IClassFixture<TestDatabase>
{
    private static readonly TimeSpan Past = new WorkOptions().Lease + TimeSpan.FromSeconds(1);

    [SkippableFact]
    public async Task An_item_whose_lease_ran_out_passes_to_the_next_claimer()
    {
        await Enqueue(New("a"));
        var first = await ClaimOne();
        Assert.Empty(await Queue.Claim(Kind, 1, Never));

        await Shift(Past);

        var second = await ClaimOne();
        Assert.Equal((first.Id, 2, 2L), (second.Id, second.Attempts, second.Fence));
    }

    [SkippableFact]
    public async Task A_late_worker_records_nothing()
    {
        await Enqueue(New("a"));
        var late = await ClaimOne();
        await Shift(Past);
        var holder = await ClaimOne();

        await Refused(session => Queue.Complete(session, [late], Never));
        await Refused(session => Queue.SaveProgress(session, late, "{}", Never));
        await Refused(session => Queue.Retry(session, late, "code", "detail", Never));
        await Refused(session => Queue.Bury(session, late, "code", "detail", Never));
        await Refused(session => Queue.Return(session, [late], null, Never));
        Assert.Empty(await Queue.Extend([late], Never));

        await In(session => Queue.Complete(session, [holder], Never));
    }

    [SkippableFact]
    public async Task One_lost_lease_refuses_the_whole_batch()
    {
        await Enqueue(New("a"));
        var lost = await ClaimOne();
        await Shift(Past);
        await ClaimOne();
        await Enqueue(New("b"));
        var held = await ClaimOne();

        await Refused(session => Queue.Complete(session, [held, lost], Never));

        Assert.Equal(2, await Count());
    }

    [SkippableFact]
    public async Task A_takeover_during_the_late_workers_transaction_waits_and_then_finds_nothing()
    {
        await Enqueue(New("a"));
        var late = await ClaimOne();
        await Shift(Past);

        await using var session = await Database.Postgres.Pipeline(Tenant, Never);
        await Queue.Complete(session, [late], Never);
        Assert.Empty(await Queue.Claim(Kind, 1, Never));
        await session.Commit(Never);

        Assert.Empty(await Queue.Claim(Kind, 1, Never));
        Assert.Equal(0, await Count());
    }

    [SkippableFact]
    public async Task A_heartbeat_keeps_what_is_held_and_tells_what_is_lost()
    {
        await Enqueue(New("a"));
        var lost = await ClaimOne();
        await Shift(Past);
        var held = await ClaimOne();
        await Shift(TimeSpan.FromSeconds(50));

        Assert.Equal([held], await Queue.Extend([lost, held], Never));

        await Shift(TimeSpan.FromSeconds(50));
        Assert.Empty(await Queue.Claim(Kind, 1, Never));
    }

    [SkippableFact]
    public async Task Saved_progress_extends_the_lease_and_reaches_the_next_attempt()
    {
        await Enqueue(New("a"));
        var first = await ClaimOne();
        await Shift(TimeSpan.FromSeconds(50));
        await In(session => Queue.SaveProgress(session, first, """{"line": 100}""", Never));
        await Shift(TimeSpan.FromSeconds(50));
        Assert.Empty(await Queue.Claim(Kind, 1, Never));

        await Shift(Past);
        Assert.Equal("""{"line": 100}""", (await ClaimOne()).Progress);
    }

    [SkippableFact]
    public async Task Attempts_count_since_the_last_progress()
    {
        await Enqueue(New("a"));
        for (var crash = 1; crash <= 4; crash++)
        {
            Assert.Equal(crash, (await ClaimOne()).Attempts);
            await Shift(Past);
        }
        var moving = await ClaimOne();
        await In(session => Queue.SaveProgress(session, moving, """{"line": 100}""", Never));
        await Shift(Past);
        var stuck = await ClaimOne();
        Assert.Equal(2, stuck.Attempts);

        await In(session => Queue.SaveProgress(session, stuck, """{"line": 100}""", Never));
        await Shift(Past);
        Assert.Equal(3, (await ClaimOne()).Attempts);
    }

    [SkippableFact]
    public async Task What_kills_its_process_every_time_still_reaches_a_worker_that_buries_it()
    {
        await Enqueue(New("a"));
        for (var crash = 1; crash <= Queue.Options.MaxAttempts; crash++)
        {
            await ClaimOne();
            await Shift(Past);
        }

        var exhausted = await ClaimOne();

        Assert.True(exhausted.Attempts > Queue.Options.MaxAttempts);
        await In(session => Queue.Bury(session, exhausted, "attempts_exhausted", "It ended its worker every time.", Never));
        await Shift(Past);
        Assert.Empty(await Queue.Claim(Kind, 1, Never));
    }

    [SkippableFact]
    public async Task Requests_cannot_touch_a_lease_or_a_fence()
    {
        await Enqueue(New("a"));
        await ClaimOne();
        await using var session = await Database.Postgres.Tenant(Tenant, Never);

        var refusal = await Assert.ThrowsAsync<Npgsql.PostgresException>(
            () => session.Execute(new Statement("update work_items set fence = 9, lease_until = null"), Never));

        Assert.Equal(Npgsql.PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }

    private async Task Refused(Func<Session, Task> work) => await Assert.ThrowsAsync<LeaseLostException>(() => In(work));
}
