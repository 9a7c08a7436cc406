using System.Text.Json;
using QualityIngest.TestKit;

namespace QualityIngest.Database.Tests.Work;

public sealed class LaneTests(TestDatabase database) : WorkFacts(database), IClassFixture<TestDatabase>
{
    [SkippableFact]
    public async Task A_closed_lanes_items_wait_until_it_opens()
    {
        await Enqueue(New("closed", lane: Lane(1)), New("open", lane: Lane(2)), New("none"));
        await In(session => Queue.CloseLane(session, Tenant, Lane(1), Never));

        Assert.Equal(["none", "open"], (await Queue.Claim(Kind, 10, Never)).Select(item => item.Key).Order());

        await In(session => Queue.OpenLane(session, Tenant, Lane(1), Never));
        Assert.Equal("closed", (await ClaimOne()).Key);
    }

    [SkippableFact]
    public async Task What_runs_in_a_lane_that_closes_is_drained_and_not_taken_over()
    {
        await Enqueue(New("a", lane: Lane(1)), New("b", lane: Lane(1)));
        var running = await Queue.Claim(Kind, 2, Never);
        await In(session => Queue.CloseLane(session, Tenant, Lane(1), Never));

        await In(session => Queue.Complete(session, [running[0]], Never));
        await Shift(TimeSpan.FromMinutes(2));

        Assert.Empty(await Queue.Claim(Kind, 2, Never));
        Assert.Equal(1, await Count());
    }

    [SkippableFact]
    public async Task Another_tenant_cannot_open_a_lane()
    {
        await Enqueue(New("a", lane: Lane(1)));
        await In(session => Queue.CloseLane(session, Tenant, Lane(1), Never));

        await In(session => Queue.OpenLane(session, "other", Lane(1), Never));

        Assert.Empty(await Queue.Claim(Kind, 1, Never));
    }

    [SkippableFact]
    public async Task A_flood_in_one_lane_leaves_the_others_their_share()
    {
        await Enqueue([.. Enumerable.Range(0, 500).Select(n => New($"flood-{n}", lane: Lane(1)))]);
        await Enqueue(New("small-1", lane: Lane(2)), New("small-2", lane: Lane(2)), New("single", lane: Lane(3)), New("laneless"));

        var claimed = (await Queue.Claim(Kind, 20, Never)).Select(item => item.Key).ToArray();

        Assert.Equal(20, claimed.Length);
        Assert.Superset(new HashSet<string>(["small-1", "small-2", "single", "laneless"]), claimed.ToHashSet());
    }

    [SkippableFact]
    public async Task Within_a_lane_the_oldest_go_first()
    {
        for (var n = 0; n < 5; n++)
            await Enqueue(New($"item-{n}", lane: Lane(1)));

        Assert.Equal(["item-0", "item-1"], (await Queue.Claim(Kind, 2, Never)).Select(item => item.Key).Order());
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_claim_reads_a_few_pages_past_two_hundred_thousand_items_that_wait(bool analysed)
    {
        await In(session => session.Execute(new Statement("""
            insert into work_items (tenant_id, kind, key, lane, payload, available_at)
            select $1, $2, 'item-' || n, case when n <= 200000 then $3::uuid else $4::uuid end, '{}', clock_timestamp() - interval '1 h'
            from generate_series(1, 200010) n
            """, Tenant, Kind, Lane(1), Lane(2)), Never));
        await In(session => Queue.CloseLane(session, Tenant, Lane(1), Never));
        if (analysed)
            await In(session => session.Execute(new Statement("analyze work_items, work_lanes"), Never));

        // All of them are some 6,000 pages; the twenty that are claimed cost up to twenty each, for their indexes.
        Assert.InRange(await Pages(20), 1, 600);
        await In(session => Queue.OpenLane(session, Tenant, Lane(1), Never));
        Assert.InRange(await Pages(20), 1, 600);
    }

    // Of a plan that ran, all pages that the claim of so many items touched, writes included.
    private async Task<long> Pages(int max)
    {
        var claim = Statement.File<WorkQueue>("Work/Claim.sql", Kind, max, TimeSpan.FromMinutes(1));
        await using var session = await Database.Postgres.System(Never);
        var plan = await session.Scalar<string>(claim with { Text = "explain (analyze, buffers, format json) " + claim.Text }, Never);
        using var json = JsonDocument.Parse(plan!);
        var top = json.RootElement[0].GetProperty("Plan");
        Assert.True(top.GetProperty("Actual Rows").GetDouble() >= 10);
        return top.GetProperty("Shared Hit Blocks").GetInt64() + top.GetProperty("Shared Read Blocks").GetInt64();
    }
}
