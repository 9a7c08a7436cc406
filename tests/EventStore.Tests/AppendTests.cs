using Npgsql;
using QualityIngest.TestKit;

namespace QualityIngest.EventStore.Tests;

public sealed class AppendTests(TestDatabase database) : StoreTests(database)
{
    [SkippableFact]
    public async Task A_new_stream_counts_its_versions_from_one()
    {
        var stream = Guid.NewGuid();
        await Append(Events.Store(), Events.Open(stream, "first", new Noted(1), new Noted(2)));

        var stored = await Fetch(stream);

        Assert.Equal([1L, 2L, 3L], stored.Select(e => e.Version));
        Assert.Equal(["case_opened", "case_noted", "case_noted"], stored.Select(e => e.Type));
        Assert.Equal([new Opened("first", Urgency.Normal), new Noted(1), new Noted(2)], stored.Select(e => e.Data));
        Assert.All(stored, e => Assert.Equal((stream, Tenant), (e.Stream, e.Tenant)));
        Assert.Equal(3, stored.Select(e => e.Id).Distinct().Count());
        Assert.Equal(stored.Select(e => e.Sequence).Order(), stored.Select(e => e.Sequence));
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(51)]
    [InlineData(700)]
    public async Task A_batch_of_any_size_is_stored_in_its_order(int streams)
    {
        var ids = Events.Ids(streams).Reverse().ToArray();
        await Append(Events.Store(), [.. ids.Select(id => Events.Open(id))]);
        await Append(Events.Store(), [.. ids.Select(id => Events.Note(id, 1, 2))]);

        await using var reader = await Begin();
        var all = new List<StoredEvent>();
        foreach (var id in ids)
            all.AddRange(await Events.Store().FetchStream(reader.Transaction, Tenant, id, Cancel));

        // Both batches went through the streams in the order that was given, and numbers follow it.
        var byNumber = all.OrderBy(e => e.Sequence).ToArray();
        Assert.Equal(ids, byNumber.Take(streams).Select(e => e.Stream));
        Assert.Equal(ids.SelectMany(id => new[] { (id, 2L), (id, 3L) }), byNumber.Skip(streams).Select(e => (e.Stream, e.Version)));
        Assert.Equal(3, await Scalar<long>("select version from events.mt_streams where id = $1", ids[0]));
    }

    [SkippableFact]
    public async Task A_stale_append_is_refused()
    {
        var stream = Guid.NewGuid();
        await Append(Events.Store(), Events.Open(stream));
        await Append(Events.Store(), Events.Note(stream, 1));

        var again = await Assert.ThrowsAsync<ConcurrencyException>(() => Append(Events.Store(), Events.Note(stream, 1)));
        var asNew = await Assert.ThrowsAsync<ConcurrencyException>(() => Append(Events.Store(), Events.Open(stream)));
        var unborn = await Assert.ThrowsAsync<ConcurrencyException>(() => Append(Events.Store(), Events.Note(Guid.NewGuid(), 1)));

        Assert.Equal((stream, stream), (again.Stream, asNew.Stream));
        Assert.NotEqual(stream, unborn.Stream);
        Assert.Equal(2, (await Fetch(stream)).Count);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stale_append_leaves_nothing_behind_even_when_its_transaction_is_committed(bool staleIsNew)
    {
        var ids = Events.Ids(4);
        var (stale, known, begun) = staleIsNew ? (ids[1], ids[0], ids[2]) : (ids[0], ids[1], ids[2]);
        await Append(Events.Store(), Events.Open(stale, "a", new Noted(1)), Events.Open(known));

        await using (var writer = await Begin())
        {
            await writer.Execute("insert into events.mt_streams (tenant_id, id, type, version) values ($1, $2, 'case', 1)", Tenant, ids[3]);
            var refused = await Assert.ThrowsAsync<ConcurrencyException>(() => Events.Store().Append(
                writer.Transaction,
                Tenant,
                [Events.Open(begun), Events.Note(known, 1), staleIsNew ? Events.Open(stale) : Events.Note(stale, 1)],
                Cancel));
            Assert.Equal(stale, refused.Stream);
            await Record.ExceptionAsync(writer.Commit);
        }

        Assert.Equal((2, 1, 0), ((await Fetch(stale)).Count, (await Fetch(known)).Count, (await Fetch(begun)).Count));
        Assert.Equal(0, await Scalar<long>("select count(*) from events.mt_streams where id = $1 or id = $2", begun, ids[3]));
        Assert.Equal(1, await Scalar<long>("select version from events.mt_streams where id = $1", known));
    }

    [SkippableFact]
    public async Task After_a_conflict_the_transaction_goes_on_from_its_savepoint()
    {
        var (stale, begun) = (Guid.NewGuid(), Guid.NewGuid());
        await Append(Events.Store(), Events.Open(stale));

        await using var writer = await Begin();
        await Events.Store().Append(writer.Transaction, Tenant, [Events.Open(begun)], Cancel);
        await writer.Transaction.SaveAsync("row");
        await Assert.ThrowsAsync<ConcurrencyException>(() => Events.Store().Append(writer.Transaction, Tenant, [Events.Open(stale)], Cancel));
        await writer.Transaction.RollbackAsync("row");
        await Events.Store().Append(writer.Transaction, Tenant, [Events.Note(begun, 1)], Cancel);
        await writer.Commit();

        Assert.Equal((1, 2), ((await Fetch(stale)).Count, (await Fetch(begun)).Count));
    }

    [SkippableFact]
    public async Task One_stream_may_come_twice_in_a_batch_when_the_versions_chain()
    {
        var (stream, other) = (Guid.NewGuid(), Guid.NewGuid());
        await Append(Events.Store(), Events.Open(stream), Events.Open(other), Events.Note(stream, 1, 2), Events.Note(stream, 3));
        await Append(Events.Store(), Events.Note(stream, 4), Events.Note(other, 1), Events.Note(stream, 5));

        Assert.Equal([1L, 2, 3, 4, 5, 6], (await Fetch(stream)).Select(e => e.Version));
        Assert.Equal([1L, 2], (await Fetch(other)).Select(e => e.Version));
    }

    [SkippableFact]
    public async Task One_stream_twice_in_a_batch_is_refused_when_the_versions_do_not_chain()
    {
        var stream = Guid.NewGuid();
        await Assert.ThrowsAsync<ConcurrencyException>(() => Append(Events.Store(), Events.Open(stream), Events.Open(stream)));
        await Assert.ThrowsAsync<ConcurrencyException>(() => Append(Events.Store(), Events.Open(stream), Events.Note(stream, 2)));
        Assert.Empty(await Fetch(stream));
    }

    [SkippableFact]
    public async Task An_append_without_events_is_a_defect()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Append(Events.Store(), new StreamAppend(Guid.NewGuid(), "case", 0, [])));
        await Append(Events.Store());
    }

    [SkippableFact]
    public async Task An_event_that_nobody_registered_is_refused_before_anything_is_written()
    {
        await using var writer = await Begin();
        await Assert.ThrowsAsync<UnknownEventException>(() => Events.Store().Append(
            writer.Transaction, Tenant, [Events.Open(Guid.NewGuid()), Events.Open(Guid.NewGuid(), "b", new Unregistered())], Cancel));

        // Asking succeeds: the transaction is as it was, without even an id.
        await using var command = new NpgsqlCommand("select pg_current_xact_id_if_assigned() is null", writer.Transaction.Connection, writer.Transaction);
        Assert.True((bool)(await command.ExecuteScalarAsync())!);
    }

    [SkippableFact]
    public async Task An_event_whose_place_is_taken_is_refused_by_the_index()
    {
        var stream = Guid.NewGuid();
        await Append(Events.Store(), Events.Open(stream, "a", new Noted(1)));
        await Scalar<long>("update events.mt_streams set version = 1 where id = $1 returning version", stream);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => Append(Events.Store(), Events.Note(stream, 1)));

        Assert.Equal("pk_mt_events_stream_and_version", refused.ConstraintName);
    }

    private sealed record Unregistered;
}
