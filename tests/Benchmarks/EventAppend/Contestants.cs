using Npgsql;
using NpgsqlTypes;
using QualityIngest.EventStore;

namespace QualityIngest.Benchmarks.EventAppend;

/// <summary>A way to write batches of new streams, given a transaction each or all.</summary>
internal interface IContestant
{
    string Name { get; }

    int Batches { get; }

    Task Write(NpgsqlTransaction tx, int batch, CancellationToken cancel);
}

/// <summary>The event store, as the pipeline calls it.</summary>
internal sealed class StoreAppend(EventStore.EventStore store, string tenant, IReadOnlyList<StreamAppend[]> batches) : IContestant
{
    public string Name => "append";

    public int Batches => batches.Count;

    public Task Write(NpgsqlTransaction tx, int batch, CancellationToken cancel) => store.Append(tx, tenant, batches[batch], cancel);
}

/// <summary>
/// The least that leaves the same rows in the same tables and indexes: binary COPY of rows that were made beforehand, JSON, event ids
/// and sequence numbers included, in the order that suits the indexes. It checks, locks and knows nothing.
/// </summary>
internal sealed class BareCopy : IContestant
{
    private readonly string _tenant;
    private readonly IReadOnlyList<Rows> _batches;

    public BareCopy(EventRegistry registry, string tenant, IReadOnlyList<StreamAppend[]> batches)
    {
        _tenant = tenant;
        var sequence = 0L;
        _batches = [.. batches.Select(batch => new Rows(
            [.. batch.OrderBy(a => a.Stream).Select(a => new StreamRow(a.Stream, a.StreamType, a.Events.Count))],
            [.. batch.SelectMany(a => a.Events.Select((e, i) => new EventRow(
                ++sequence, Guid.CreateVersion7(), a.Stream, i + 1, registry.NameOf(e), Json(registry, e))))]))];
    }

    public string Name => "COPY";

    public int Batches => _batches.Count;

    /// <summary>Bytes.</summary>
    public double AverageJson => _batches.SelectMany(b => b.Events).Average(e => e.Json.Length);

    public async Task Write(NpgsqlTransaction tx, int batch, CancellationToken cancel)
    {
        var rows = _batches[batch];
        await using (var copy = await tx.Connection!.BeginBinaryImportAsync(
            "copy events.mt_streams (tenant_id, id, type, version) from stdin (format binary)", cancel))
        {
            foreach (var stream in rows.Streams)
            {
                await copy.StartRowAsync(cancel);
                await copy.WriteAsync(_tenant, NpgsqlDbType.Text, cancel);
                await copy.WriteAsync(stream.Id, NpgsqlDbType.Uuid, cancel);
                await copy.WriteAsync(stream.Type, NpgsqlDbType.Text, cancel);
                await copy.WriteAsync(stream.Version, NpgsqlDbType.Bigint, cancel);
            }
            await copy.CompleteAsync(cancel);
        }

        await using (var copy = await tx.Connection!.BeginBinaryImportAsync(
            "copy events.mt_events (seq_id, tenant_id, stream_id, version, id, type, data) from stdin (format binary)", cancel))
        {
            foreach (var row in rows.Events)
            {
                await copy.StartRowAsync(cancel);
                await copy.WriteAsync(row.Sequence, NpgsqlDbType.Bigint, cancel);
                await copy.WriteAsync(_tenant, NpgsqlDbType.Text, cancel);
                await copy.WriteAsync(row.Stream, NpgsqlDbType.Uuid, cancel);
                await copy.WriteAsync(row.Version, NpgsqlDbType.Bigint, cancel);
                await copy.WriteAsync(row.Id, NpgsqlDbType.Uuid, cancel);
                await copy.WriteAsync(row.Type, NpgsqlDbType.Text, cancel);
                await copy.WriteAsync(row.Json, NpgsqlDbType.Jsonb, cancel);
            }
            await copy.CompleteAsync(cancel);
        }
    }

    private static byte[] Json(EventRegistry registry, object data)
    {
        using var stream = new MemoryStream();
        using (var writer = new System.Text.Json.Utf8JsonWriter(stream))
            registry.Write(writer, data);
        return stream.ToArray();
    }

    private sealed record StreamRow(Guid Id, string Type, long Version);

    private sealed record EventRow(long Sequence, Guid Id, Guid Stream, long Version, string Type, byte[] Json);

    private sealed record Rows(StreamRow[] Streams, EventRow[] Events);
}
