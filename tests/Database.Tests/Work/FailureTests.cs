using QualityIngest.TestKit;

namespace QualityIngest.Database.Tests.Work;

public sealed class FailureTests(TestDatabase database) : WorkFacts(database), IClassFixture<TestDatabase>
{
    [SkippableFact]
    public async Task A_failed_attempt_waits_and_is_tried_again()
    {
        await Enqueue(New("a"));
        var first = await ClaimOne();

        await In(session => Queue.Retry(session, first, "s3_slow", "The store was slow.", Never));

        Assert.Empty(await Queue.Claim(Kind, 1, Never));
        await Shift(TimeSpan.FromSeconds(2.5));
        Assert.Equal(2, (await ClaimOne()).Attempts);
    }

    [Fact]
    public void Backing_off_doubles_from_two_seconds_to_five_minutes()
    {
        var options = new WorkOptions();
        var waits = Enumerable.Range(1, 12).Select(attempts => options.Backoff(attempts, 0.5).TotalSeconds);

        Assert.Equal([2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300, 300], waits);
        Assert.Equal(1.6, options.Backoff(1, 0).TotalSeconds, 6);
        Assert.Equal(2.4, options.Backoff(1, 1).TotalSeconds, 6);
    }

    [SkippableFact]
    public async Task A_buried_item_is_listed_and_replayed_with_all_its_attempts()
    {
        await Enqueue(New("a", """{"n": 1}"""), New("b"));
        foreach (var item in await Queue.Claim(Kind, 2, Never))
            await In(session => Queue.Bury(session, item, "broken", $"{item.Key} is broken.", Never));
        Assert.Empty(await Queue.Claim(Kind, 2, Never));

        var first = Assert.Single(await Dead(0));
        var second = Assert.Single(await Dead(first.Id));
        Assert.Empty(await Dead(second.Id));
        Assert.Equal(("broken", $"{first.Key} is broken.", 1), (first.Code, first.Detail, first.Attempts));

        await In(async session => Assert.Equal(1, await Queue.Replay(session, [first.Id], Never)));
        Assert.Equal((first.Key, 1), (await ClaimOne()) is var revived ? (revived.Key, revived.Attempts) : default);
        await In(async session => Assert.Equal(0, await Queue.Replay(session, [first.Id], Never)));
    }

    [SkippableFact]
    public async Task A_dead_letter_is_revived_by_asking_for_its_key_again()
    {
        await Enqueue(New("a", """{"n": 1}"""));
        var first = await ClaimOne();
        await In(session => Queue.Bury(session, first, "broken", "It is broken.", Never));

        await Enqueue(New("a", """{"n": 2}"""));

        var second = await ClaimOne();
        Assert.Equal(("""{"n": 2}""", 1), (second.Payload, second.Attempts));
    }

    [SkippableFact]
    public async Task A_returned_item_keeps_its_attempt()
    {
        await Enqueue(New("a"));
        for (var times = 0; times < 10; times++)
        {
            var item = await ClaimOne();
            Assert.Equal(1, item.Attempts);
            await In(session => Queue.Return(session, [item], null, Never));
        }

        var delayed = await ClaimOne();
        await In(session => Queue.Return(session, [delayed], TimeSpan.FromMinutes(1), Never));
        Assert.Empty(await Queue.Claim(Kind, 1, Never));
    }

    [SkippableFact]
    public async Task A_request_sees_the_dead_letters_of_its_tenant_alone()
    {
        await Enqueue(New("a"));
        var item = await ClaimOne();
        await In(session => Queue.Bury(session, item, "broken", "It is broken.", Never));

        await using var own = await Database.Postgres.Tenant(Tenant, Never);
        await using var other = await Database.Postgres.Tenant("other", Never);

        Assert.Single(await Queue.Dead(own, null, Kind, 0, 10, Never));
        Assert.Empty(await Queue.Dead(other, null, Kind, 0, 10, Never));
        Assert.Equal(0, await Queue.Replay(other, [item.Id], Never));
        Assert.Equal(1, await Queue.Replay(own, [item.Id], Never));
    }

    private async Task<List<DeadItem>> Dead(long after)
    {
        await using var session = await Database.Postgres.System(Never);
        return await Queue.Dead(session, Tenant, Kind, after, 1, Never);
    }
}
