using QualityIngest.TestKit;

namespace QualityIngest.EventStore.Tests;

/// <summary>Two transactions at once. Each test waits until PostgreSQL says that the second one is held up by the first.</summary>
public sealed class OverlapTests(TestDatabase database) : StoreTests(database)
{
    [SkippableTheory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Of_two_writers_of_one_version_the_second_gets_a_conflict_and_leaves_nothing(int version)
    {
        var (stream, beside) = (Guid.NewGuid(), Guid.NewGuid());
        var (first, second) = await Race(stream, version, beside);
        await using (first.Writer)
        await using (second.Writer)
        {
            await first.Writer.Commit();
            var refused = await Assert.ThrowsAsync<ConcurrencyException>(() => second.Work);
            Assert.Equal(stream, refused.Stream);
        }

        Assert.Equal(version + 1, (await Fetch(stream)).Count);
        Assert.Empty(await Fetch(beside));
        Assert.Equal(0, await Scalar<long>("select count(*) from events.mt_streams where id = $1", beside));
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task When_the_first_of_two_writers_rolls_back_the_second_succeeds(int version)
    {
        var (stream, beside) = (Guid.NewGuid(), Guid.NewGuid());
        var (first, second) = await Race(stream, version, beside);
        await using (first.Writer)
        await using (second.Writer)
        {
            await first.Writer.Rollback();
            await second.Work;
            await second.Writer.Commit();
        }

        Assert.Equal(version + 1, (await Fetch(stream)).Count);
        Assert.Single(await Fetch(beside));
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Who_waits_in_vain_is_told_that_it_was_for_another(int version)
    {
        var stream = Guid.NewGuid();
        if (version > 0)
            await Append(Events.Store(), Events.Open(stream));
        await using var first = await Begin();
        await Events.Store().Append(first.Transaction, Tenant, [version == 0 ? Events.Open(stream) : Events.Note(stream, 1)], Cancel);
        await using var second = await Begin();
        var store = new EventStore(Events.Registry(), []) { Patience = TimeSpan.FromMilliseconds(50) };

        var waited = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => version == 0
            ? store.Append(second.Transaction, Tenant, [Events.Open(stream)], Cancel)
            : store.Lock(second.Transaction, Tenant, [stream], Cancel));

        Assert.Equal(Npgsql.PostgresErrorCodes.LockNotAvailable, waited.SqlState);
    }

    [SkippableFact]
    public async Task The_next_streams_are_read_whole_once_their_writers_are_done()
    {
        var ids = Events.Ids(3);
        await Append(Events.Store(), [.. ids.Select(id => Events.Open(id) with { StreamType = "next" })]);
        await using var first = await Begin();
        await Events.Store().Append(first.Transaction, Tenant, [Events.Note(ids[2], 1)], Cancel);
        await using var second = await Begin();

        var next = Events.Store().LockNext(second.Transaction, Tenant, "next", ids[0], Cancel);
        await UntilWaiting(second, next);
        await first.Commit();

        Assert.Equal([(ids[1], 1L, 1), (ids[2], 2L, 2)], (await next).Select(stream => (stream.Stream, stream.Version, stream.Events.Count)));
        Assert.Empty(await Events.Store().LockNext(second.Transaction, Tenant, "next", ids[2], Cancel));
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Batches_over_the_same_streams_in_opposite_order_do_not_deadlock(bool begun)
    {
        var ids = Events.Ids(10);
        if (begun)
            await Append(Events.Store(), [.. ids.Select(id => Events.Open(id))]);

        // The gate is in the middle: if each locked in its own order, each would now hold the half that the other needs.
        await using var gate = await Begin();
        await (begun
            ? gate.Execute("select 1 from events.mt_streams where id = $1 for update", ids[5])
            : gate.Execute("insert into events.mt_streams (tenant_id, id, type, version) values ($1, $2, 'case', 1)", Tenant, ids[5]));
        await using var one = await Begin();
        await using var two = await Begin();
        var ascending = Work(one, ids);
        var descending = Work(two, ids.Reverse());
        await UntilWaiting(one, ascending);
        await UntilWaiting(two, descending);
        await gate.Rollback();

        var succeeded = await Task.WhenAll(ascending, descending);

        Assert.Single(succeeded, true);
        foreach (var id in ids)
            Assert.Equal(begun ? 2 : 1, (await Fetch(id)).Count);

        async Task<bool> Work(Writer writer, IEnumerable<Guid> order)
        {
            try
            {
                await Events.Store().Append(writer.Transaction, Tenant, [.. order.Select(id => begun ? Events.Note(id, 1) : Events.Open(id))], Cancel);
                await writer.Commit();
                return true;
            }
            catch (ConcurrencyException)
            {
                await writer.Rollback();
                return false;
            }
        }
    }

    [SkippableFact]
    public async Task An_append_locks_what_exists_before_it_begins_what_does_not()
    {
        // The new stream's id is the lower one: only the kind of step, not the id, can put the lock first.
        var (begun, known) = (Events.Ids(2)[0], new Guid("ffffffff-ffff-4fff-bfff-" + Guid.NewGuid().ToString("n")[..12]));
        await Append(Events.Store(), Events.Open(known));
        StreamAppend[] both = [Events.Open(begun), Events.Note(known, 1)];

        await using var one = await Begin();
        await using var two = await Begin();
        await Events.Store().Lock(one.Transaction, Tenant, [known], Cancel);
        var second = Events.Store().Append(two.Transaction, Tenant, both, Cancel);
        await UntilWaiting(two, second);
        await Events.Store().Append(one.Transaction, Tenant, both, Cancel);
        await one.Commit();

        await Assert.ThrowsAsync<ConcurrencyException>(() => second);
        Assert.Equal((1, 2), ((await Fetch(begun)).Count, (await Fetch(known)).Count));
    }

    [SkippableFact]
    public async Task A_lock_waits_for_a_running_append_and_reads_what_it_left()
    {
        var ids = Events.Ids(3);
        await Append(Events.Store(), Events.Open(ids[0]), Events.Open(ids[1]));

        await using var one = await Begin();
        await using var two = await Begin();
        await Events.Store().Append(one.Transaction, Tenant, [Events.Note(ids[1], 1, 2)], Cancel);
        var locking = Events.Store().Lock(two.Transaction, Tenant, ids, Cancel);
        await UntilWaiting(two, locking);
        await one.Commit();
        var locked = await locking;

        Assert.Equal(ids[..2], locked.Keys.Order());
        Assert.Equal(1, locked[ids[0]].Version);
        Assert.Equal(3, locked[ids[1]].Version);
        Assert.Equal([new Opened("a", Urgency.Normal), new Noted(1), new Noted(2)], locked[ids[1]].Events);
    }

    [SkippableFact]
    public async Task Batches_that_lock_first_in_opposite_order_take_turns_and_both_succeed()
    {
        var ids = Events.Ids(10);
        await Append(Events.Store(), [.. ids.Select(id => Events.Open(id))]);

        await using var gate = await Begin();
        await gate.Execute("select 1 from events.mt_streams where id = $1 for update", ids[5]);
        await using var one = await Begin();
        await using var two = await Begin();
        var ascending = Work(one, ids);
        var descending = Work(two, [.. ids.Reverse()]);
        await UntilWaiting(one, ascending);
        await UntilWaiting(two, descending);
        await gate.Rollback();
        await Task.WhenAll(ascending, descending);

        foreach (var id in ids)
            Assert.Equal([1L, 2, 3], (await Fetch(id)).Select(e => e.Version));

        async Task Work(Writer writer, Guid[] order)
        {
            var locked = await Events.Store().Lock(writer.Transaction, Tenant, order, Cancel);
            await Events.Store().Append(writer.Transaction, Tenant, [.. order.Select(id => Events.Note(id, locked[id].Version))], Cancel);
            await writer.Commit();
        }
    }

    /// <summary>A writer that has appended to a stream, and a second one that waits for it, with another stream in its batch.</summary>
    private async Task<((Writer Writer, Task Work) First, (Writer Writer, Task Work) Second)> Race(Guid stream, int version, Guid beside)
    {
        if (version > 0)
            await Append(Events.Store(), Events.Open(stream));
        var append = version > 0 ? Events.Note(stream, version) : Events.Open(stream);

        var first = await Begin();
        await Events.Store().Append(first.Transaction, Tenant, [append], Cancel);
        var second = await Begin();
        var work = Events.Store().Append(second.Transaction, Tenant, [Events.Open(beside), append], Cancel);
        await UntilWaiting(second, work);
        return ((first, Task.CompletedTask), (second, work));
    }
}
