using QualityIngest.TestKit;

namespace QualityIngest.Database.Tests.Work;

public sealed class ExchangeTests(TestDatabase database) : WorkFacts(database), IClassFixture<TestDatabase>
{
    [SkippableFact]
    public async Task An_item_is_exchanged_for_another_and_waits_again_in_its_old_place_with_its_attempt()
    {
        await Enqueue(New("a"));
        var claimed = await ClaimOne();
        await Enqueue(New("b", """{"n":1}"""));

        var taken = await Exchange(claimed, "b");

        Assert.Equal(("b", """{"n": 1}""", 1, 1L), (taken!.Key, taken.Payload, taken.Attempts, taken.Fence));
        var again = await ClaimOne();
        Assert.Equal(("a", 1, 2L), (again.Key, again.Attempts, again.Fence));
        await In(session => Queue.Complete(session, [taken, again], Never));
    }

    [SkippableTheory]
    [InlineData("nothing")]
    [InlineData("running")]
    [InlineData("later")]
    [InlineData("closed")]
    [InlineData("own")]
    public async Task What_cannot_be_claimed_is_not_exchanged_and_the_item_is_kept(string other)
    {
        var lane = Lane(1);
        await Enqueue(New("a"));
        var claimed = await ClaimOne();
        if (other == "running")
        {
            await Enqueue(New("b"));
            await ClaimOne();
        }
        else if (other is "later" or "closed")
        {
            await In(session => Queue.CloseLane(session, Tenant, lane, Never));
            await Enqueue(other == "later" ? New("b") with { Delay = TimeSpan.FromHours(1) } : New("b", lane: lane));
        }

        Assert.Null(await Exchange(claimed, other == "own" ? "a" : "b"));

        await In(session => Queue.Complete(session, [claimed], Never));
    }

    [SkippableFact]
    public async Task A_worker_whose_lease_is_lost_exchanges_nothing()
    {
        await Enqueue(New("a"));
        var late = await ClaimOne();
        await Shift(new WorkOptions().Lease + TimeSpan.FromSeconds(1));
        await ClaimOne();
        await Enqueue(New("b"));

        Assert.Null(await Exchange(late, "b"));

        Assert.Equal("b", (await ClaimOne()).Key);
    }

    private async Task<WorkItem?> Exchange(WorkItem item, string key)
    {
        WorkItem? taken = null;
        await In(async session => taken = await Queue.Exchange(session, item, key, Never));
        return taken;
    }
}
