using Npgsql;
using QualityIngest.TestKit;

namespace QualityIngest.EventStore.Tests;

public sealed class ProjectionTests(TestDatabase database) : StoreTests(database)
{
    [SkippableFact]
    public async Task A_projection_is_called_once_with_the_appends_of_its_type_and_their_states()
    {
        var cases = new Recorder("case");
        var store = Events.Store(cases, new Recorder("file"));
        var (one, two) = (Guid.NewGuid(), Guid.NewGuid());
        StreamAppend[] appends = [Events.Open(one) with { State = "of one" }, new(Guid.NewGuid(), "other", 0, [new Closed()]), Events.Open(two)];
        await Append(store, appends);

        var call = Assert.Single(cases.Calls);
        Assert.Equal([appends[0], appends[2]], call.Appends);
        Assert.Equal("of one", call.Appends[0].State);
        // It ran in the append's transaction, after the events were there.
        Assert.Equal(2, call.EventsSeen);
    }

    [SkippableFact]
    public async Task A_projection_without_appends_of_its_type_is_not_called()
    {
        var files = new Recorder("file");
        await Append(Events.Store(files), Events.Open(Guid.NewGuid()));
        Assert.Empty(files.Calls);
    }

    [SkippableFact]
    public async Task A_projection_that_fails_fails_the_append()
    {
        var stream = Guid.NewGuid();
        await Assert.ThrowsAsync<PostgresException>(() => Append(Events.Store(new Failing()), Events.Open(stream)));
        Assert.Empty(await Fetch(stream));
    }

    [SkippableFact]
    public async Task A_conflict_reaches_no_projection()
    {
        var stream = Guid.NewGuid();
        await Append(Events.Store(), Events.Open(stream));
        var cases = new Recorder("case");
        await Assert.ThrowsAsync<ConcurrencyException>(() => Append(Events.Store(cases), Events.Open(stream)));
        Assert.Empty(cases.Calls);
    }

    private sealed class Recorder(string streamType) : IInlineProjection
    {
        public List<(IReadOnlyList<StreamAppend> Appends, long EventsSeen)> Calls { get; } = [];

        public string StreamType => streamType;

        public async Task Project(NpgsqlTransaction tx, string tenant, IReadOnlyList<StreamAppend> appends, CancellationToken cancel)
        {
            await using var count = new NpgsqlCommand("select count(*) from events.mt_events where stream_id = any($1)", tx.Connection, tx)
            {
                Parameters = { new() { Value = appends.Select(a => a.Stream).ToArray() } },
            };
            Calls.Add((appends, (long)(await count.ExecuteScalarAsync(cancel))!));
        }
    }

    private sealed class Failing : IInlineProjection
    {
        public string StreamType => "case";

        public async Task Project(NpgsqlTransaction tx, string tenant, IReadOnlyList<StreamAppend> appends, CancellationToken cancel)
        {
            await using var command = new NpgsqlCommand("select 1 / 0", tx.Connection, tx);
            await command.ExecuteNonQueryAsync(cancel);
        }
    }
}
