using QualityIngest.Database;
using QualityIngest.Domain.Scheduling;
using QualityIngest.TestKit;

namespace QualityIngest.Domain.Tests.Scheduling;

public sealed class SchedulerTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private static readonly CronSchedule EveryOtherSecond = new("0/2 * * * * ?");
    private readonly Firings _firings = new();
    private readonly Guid _connector = Guid.NewGuid();

    [SkippableFact]
    public async Task Two_nodes_fire_each_due_time_once_though_one_clock_is_twenty_minutes_ahead()
    {
        TestDatabase.Require();
        await using var right = new Node(database, _firings);
        await using var ahead = new Node(database, _firings, TimeSpan.FromMinutes(20));
        await right.Start();
        await ahead.Start();
        var began = await DatabaseTime();
        Assert.InRange(ahead.Clock.Offset.TotalMinutes, -20.1, -19.9);

        await Set(ahead, EveryOtherSecond);
        var firings = await _firings.Await(_connector, 4);

        Assert.Equal(firings.Count, firings.DistinctBy(firing => firing.DueAt).Count());
        Assert.All(firings, firing => Assert.InRange(firing.DueAt, began - TimeSpan.FromSeconds(1), began + TimeSpan.FromSeconds(30)));
        Assert.All(firings, firing => Assert.Equal(0, firing.DueAt.Millisecond));
        Assert.All(firings.Zip(firings.Skip(1)), pair => Assert.Equal(TimeSpan.FromSeconds(2), pair.Second.DueAt - pair.First.DueAt));
        await Remove(right);
    }

    [SkippableFact]
    public async Task The_other_node_goes_on_when_one_stops()
    {
        TestDatabase.Require();
        await using var staying = new Node(database, _firings);
        await using (var leaving = new Node(database, _firings))
        {
            await leaving.Start();
            await Set(leaving, EveryOtherSecond);
            await _firings.Await(_connector, 1);
        }
        await staying.Start();

        var before = _firings.Of(_connector).Count;
        Assert.Contains(await _firings.Await(_connector, before + 2), firing => firing.Node == staying);
        await Remove(staying);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_missed_fires_once_and_the_schedule_keeps_its_times(bool interval)
    {
        TestDatabase.Require();
        await using var node = new Node(database, _firings);
        var now = await DatabaseTime();
        var start = now.AddMinutes(-30);
        var schedule = await Set(node, interval
            ? new IntervalSchedule(60, IntervalUnit.Minutes, start)
            : new CronSchedule($"{start.Second} {start.Minute} * * * ?"));
        var next = schedule.Next(now)!.Value;
        // Down for ten of its hours.
        await Sql(new Statement("update quartz.qrtz_triggers set next_fire_time = next_fire_time - 360000000000 where trigger_name = $1", _connector.ToString()));

        await node.Start();

        var firing = Assert.Single(await _firings.Await(_connector, 1));
        Assert.Equal(schedule.Last(now), firing.DueAt);
        Assert.Equal(next, await NextFiring());
        Assert.Single(_firings.Of(_connector));
        await Remove(node);
    }

    [SkippableFact]
    public async Task A_schedule_replaces_the_one_before_it_and_can_be_removed()
    {
        TestDatabase.Require();
        await using var node = new Node(database, _firings);

        await Set(node, new CronSchedule("0 6 * * *"));
        await Set(node, new CronSchedule("0 7 * * *"));
        Assert.Equal(7, (await NextFiring())!.Value.Hour);

        await Remove(node);
        Assert.Null(await NextFiring());
        await Remove(node);
    }

    [SkippableFact]
    public async Task What_a_transaction_that_is_rolled_back_set_or_removed_never_was()
    {
        TestDatabase.Require();
        await using var node = new Node(database, _firings);
        await using (var session = await database.Postgres.Tenant("acme", Never))
            await node.Schedules.Set(session, "acme", _connector, new CronSchedule("0 6 * * *"), Never);
        Assert.Null(await NextFiring());

        await Set(node, new CronSchedule("0 6 * * *"));
        await using (var session = await database.Postgres.Tenant("acme", Never))
        {
            await node.Schedules.Set(session, "acme", _connector, new CronSchedule("0 7 * * *"), Never);
            Assert.Equal(Postgres.RequestRole, await session.Scalar<string>(new Statement("select current_user::text"), Never));
        }
        await using (var session = await database.Postgres.Tenant("acme", Never))
            await node.Schedules.Remove(session, _connector, Never);
        Assert.Equal(6, (await NextFiring())!.Value.Hour);
        await Remove(node);
    }

    [SkippableFact]
    public async Task An_interval_from_now_fires_at_once_and_tells_its_start()
    {
        TestDatabase.Require();
        await using var node = new Node(database, _firings);
        await node.Start();

        var set = (IntervalSchedule)await Set(node, new IntervalSchedule(1, IntervalUnit.Hours));

        var firing = Assert.Single(await _firings.Await(_connector, 1));
        Assert.Equal(("acme", set.StartAt), (firing.Tenant, (DateTimeOffset?)firing.DueAt));
        Assert.Equal(set.Next(firing.DueAt), await NextFiring());
        await Remove(node);
    }

    [SkippableFact]
    public async Task A_firing_that_failed_is_repeated_for_the_same_due_time()
    {
        TestDatabase.Require();
        await using var node = new Node(database, _firings);
        _firings.FailOnce(_connector, new Npgsql.NpgsqlException("The connection was cut."));
        await node.Start();

        await Set(node, new IntervalSchedule(1, IntervalUnit.Hours));

        var firings = await _firings.Await(_connector, 2);
        Assert.Equal(firings[0].DueAt, firings[1].DueAt);
        await Remove(node);
    }

    [SkippableFact]
    public async Task A_firing_whose_node_dies_is_repeated_by_another_node_for_the_same_due_time()
    {
        TestDatabase.Require();
        var source = DatabaseServer.Open(database.ConnectionString, new DatabaseOptions(), null);
        var dying = new Node(database, _firings, source: source);
        var stuck = _firings.Hang(_connector);
        await dying.Start();
        await Set(dying, new IntervalSchedule(1, IntervalUnit.Hours));
        var first = Assert.Single(await _firings.Await(_connector, 1));
        await source.DisposeAsync(); // no word of it reaches the others any more

        await using var taker = new Node(database, _firings);
        await taker.Start();

        var again = (await _firings.Await(_connector, 2))[1];
        Assert.Equal((taker, first.DueAt), (again.Node, again.DueAt));
        stuck.SetCanceled();
        await Remove(taker);
    }

    [SkippableFact]
    public async Task Schedules_go_on_by_themselves_when_the_database_was_restarted()
    {
        TestDatabase.Require();
        await using var server = await TestPostgres.Start();
        var own = await TestDatabase.On(server);
        await using (var node = new Node(own, _firings))
        {
            await node.Start();
            await using (var session = await own.Postgres.Tenant("acme", Never))
            {
                await node.Schedules.Set(session, "acme", _connector, EveryOtherSecond, Never);
                await session.Commit(Never);
            }
            await _firings.Await(_connector, 1);

            await server.Restart();

            var before = _firings.Of(_connector).Count;
            await _firings.Await(_connector, before + 2);
        }
        await own.DisposeAsync();
    }

    [SkippableFact]
    public async Task A_bad_schedule_is_refused_before_it_is_stored()
    {
        TestDatabase.Require();
        await using var node = new Node(database, _firings);
        await Set(node, new CronSchedule("0 6 * * *"));

        await Assert.ThrowsAsync<ArgumentException>(() => Set(node, new CronSchedule("61 * * * *")));

        Assert.Equal(6, (await NextFiring())!.Value.Hour);
        await Remove(node);
    }

    private async Task<Schedule> Set(Node node, Schedule schedule)
    {
        await using var session = await database.Postgres.Tenant("acme", Never);
        var set = await node.Schedules.Set(session, "acme", _connector, schedule, Never);
        await session.Commit(Never);
        return set;
    }

    private async Task Remove(Node node)
    {
        await using var session = await database.Postgres.Tenant("acme", Never);
        await node.Schedules.Remove(session, _connector, Never);
        await session.Commit(Never);
    }

    private async Task<DateTimeOffset?> NextFiring()
    {
        await using var session = await database.Postgres.System(Never);
        var ticks = await session.Scalar<long?>(
            new Statement("select next_fire_time from quartz.qrtz_triggers where trigger_name = $1", _connector.ToString()), Never);
        return ticks is null ? null : new DateTimeOffset(ticks.Value, TimeSpan.Zero);
    }

    private async Task Sql(Statement statement)
    {
        await using var session = await database.Postgres.System(Never);
        await session.Execute(statement, Never);
        await session.Commit(Never);
    }

    private async Task<DateTimeOffset> DatabaseTime()
    {
        await using var session = await database.Postgres.System(Never);
        return await session.Scalar<DateTimeOffset>(new Statement("select clock_timestamp()"), Never);
    }
}
