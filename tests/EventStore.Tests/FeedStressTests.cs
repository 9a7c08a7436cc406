using System.Collections.Concurrent;
using QualityIngest.TestKit;

namespace QualityIngest.EventStore.Tests;

public sealed class FeedStressTests(TestDatabase database) : StoreTests(database)
{
    private const int Writers = 8, Transactions = 60;

    [SkippableFact]
    public async Task A_reader_beside_eight_writers_sees_every_committed_event_once_and_in_stream_order()
    {
        var store = Events.Store();
        var shared = Events.Ids(4);
        await Append(store, [.. shared.Select(id => Events.Open(id))]);
        var ended = new Counter();

        var writers = Enumerable.Range(0, Writers).Select(n => Task.Run(() => Write(store, n, shared, ended))).ToArray();
        var writing = Task.WhenAll(writers);
        var feed = new EventFeed(Database.Source, Events.Registry());
        var (one, two) = (Read(feed, 7, writing), Read(feed, 500, writing));
        await writing;

        var committed = await Committed();
        foreach (var seen in (List<StoredEvent>[])[await one, await two])
        {
            Assert.Equal(committed, seen.Select(e => (e.Sequence, e.Id)));
            foreach (var stream in seen.GroupBy(e => e.Stream))
                Assert.Equal(Enumerable.Range(1, stream.Count()).Select(v => (long)v), stream.Select(e => e.Version));
        }
    }

    // Writer 0 keeps each transaction open until others have ended five more, on streams of its own so that they can.
    private async Task Write(EventStore store, int writer, Guid[] shared, Counter ended)
    {
        var random = new Random(writer);
        for (var n = 0; n < Transactions; n++)
        {
            await using var session = await Begin();
            if (writer == 0)
            {
                await store.Append(session.Transaction, Tenant, [Events.Open(Guid.NewGuid(), "long", new Noted(n))], Cancel);
                await ended.Reaches(Math.Min(ended.Value + 5, (Writers - 1) * Transactions));
            }
            else
            {
                Guid[] mine = [.. random.GetItems(shared, 2).Distinct()];
                var locked = await store.Lock(session.Transaction, Tenant, mine, Cancel);
                var crowd = random.Next(4) == 0 ? 30 : 1;
                StreamAppend[] appends =
                [
                    .. mine.Select(id => Events.Note(id, locked[id].Version, random.Next(1, 4))),
                    .. Events.Ids(crowd).Select(id => Events.Open(id)),
                ];
                await store.Append(session.Transaction, Tenant, appends, Cancel);
            }

            if (n % 5 == 4)
                await session.Rollback();
            else
                await session.Commit();
            if (writer != 0)
                ended.Add();
        }
    }

    private static async Task<List<StoredEvent>> Read(EventFeed feed, int page, Task writing)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var seen = new List<StoredEvent>();
        for (var after = 0L; ;)
        {
            var written = writing.IsCompleted;
            var read = await feed.Read(Tenant, after, page, patience.Token);
            seen.AddRange(read.Events);
            after = read.Next;
            if (written && read.Watermark.Behind == 0 && after >= read.Watermark.Final)
                return seen;
        }
    }

    private async Task<List<(long, Guid)>> Committed()
    {
        await using var command = Database.Source.CreateCommand("select seq_id, id from events.mt_events order by seq_id");
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<(long, Guid)>();
        while (await reader.ReadAsync())
            rows.Add((reader.GetInt64(0), reader.GetGuid(1)));
        return rows;
    }

    private sealed class Counter
    {
        private readonly ConcurrentDictionary<int, TaskCompletionSource> _awaited = new();
        private int _value;

        public int Value => Volatile.Read(ref _value);

        public void Add()
        {
            var value = Interlocked.Increment(ref _value);
            foreach (var (target, reached) in _awaited)
            {
                if (target <= value)
                    reached.TrySetResult();
            }
        }

        public Task Reaches(int target)
        {
            var reached = _awaited.GetOrAdd(target, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            if (Value >= target)
                reached.TrySetResult();
            return reached.Task.WaitAsync(TimeSpan.FromSeconds(60));
        }
    }
}
