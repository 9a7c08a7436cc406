using System.Buffers;
using System.Text;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace QualityIngest.EventStore;

/// <summary>The statements on <c>events.mt_events</c>: two ways to write, and the reading of a row.</summary>
internal sealed class EventRows(EventRegistry registry)
{
    /// <summary>The columns that <see cref="Read"/> expects, in its order.</summary>
    public const string Columns = "seq_id, id, stream_id, version, type, data, timestamp, tenant_id";

    private static readonly JsonWriterOptions Trusted = new() { SkipValidation = true };

    /// <summary>
    /// Writes events in order by one insert. Their numbers are drawn above the sort, hence in order.
    /// Row-level security lets this through, and for a few events it is one round trip where COPY takes two.
    /// </summary>
    public async Task Insert(NpgsqlTransaction tx, string tenant, PlannedEvent[] events, CancellationToken cancel)
    {
        var json = await Texts(events);
        await using var command = new NpgsqlCommand(
            """
            insert into events.mt_events (tenant_id, stream_id, version, id, type, data)
            select $1, stream_id, version, id, type, data::jsonb
            from unnest($2, $3, $4, $5, $6) with ordinality as e (stream_id, version, id, type, data, place)
            order by place
            """,
            tx.Connection,
            tx)
        {
            Parameters =
            {
                Parameter.Text(tenant),
                Parameter.Uuids(Array.ConvertAll(events, e => e.Stream)),
                Parameter.Bigints(Array.ConvertAll(events, e => e.Version)),
                Parameter.Uuids(Array.ConvertAll(events, _ => Guid.CreateVersion7())),
                Parameter.Texts(Array.ConvertAll(events, e => e.Type)),
                Parameter.Texts(json),
            },
        };
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>
    /// Writes events in order by binary COPY; each row draws its number as it arrives. The JSON of one event at a time is in memory.
    /// PostgreSQL refuses this behind row-level security.
    /// </summary>
    public async Task Copy(NpgsqlTransaction tx, string tenant, PlannedEvent[] events, CancellationToken cancel)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        await using var writer = new Utf8JsonWriter(buffer, Trusted);
        await using var copy = await tx.Connection!.BeginBinaryImportAsync(
            "copy events.mt_events (tenant_id, stream_id, version, id, type, data) from stdin (format binary)", cancel);
        foreach (var planned in events)
        {
            await copy.StartRowAsync(cancel);
            await copy.WriteAsync(tenant, NpgsqlDbType.Text, cancel);
            await copy.WriteAsync(planned.Stream, NpgsqlDbType.Uuid, cancel);
            await copy.WriteAsync(planned.Version, NpgsqlDbType.Bigint, cancel);
            await copy.WriteAsync(Guid.CreateVersion7(), NpgsqlDbType.Uuid, cancel);
            await copy.WriteAsync(planned.Type, NpgsqlDbType.Text, cancel);
            await copy.WriteAsync(Encode(writer, buffer, planned.Data), NpgsqlDbType.Jsonb, cancel);
        }

        await copy.CompleteAsync(cancel);
    }

    /// <summary>Writes other data into events that are stored.</summary>
    public async Task Overwrite(NpgsqlTransaction tx, string tenant, PlannedEvent[] events, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            """
            update events.mt_events e set data = m.data::jsonb
            from (select $1 as tenant_id, stream_id, version, data from unnest($2, $3, $4) as m (stream_id, version, data) offset 0) m
            where e.tenant_id = m.tenant_id and e.stream_id = m.stream_id and e.version = m.version
            """,
            tx.Connection,
            tx)
        {
            Parameters =
            {
                Parameter.Text(tenant),
                Parameter.Uuids(Array.ConvertAll(events, e => e.Stream)),
                Parameter.Bigints(Array.ConvertAll(events, e => e.Version)),
                Parameter.Texts(await Texts(events)),
            },
        };
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>The events of some streams, each stream's in version order. One probe a stream, as in <see cref="StreamRows"/>.</summary>
    public static NpgsqlBatchCommand Select(string tenant, Guid[] streams) => new(
        $"""
        select e.* from unnest($2) as wanted (id)
        cross join lateral (
            select {Columns} from events.mt_events
            where tenant_id = $1 and stream_id = wanted.id
            order by version
        ) e
        order by e.stream_id, e.version
        """)
    {
        Parameters = { Parameter.Text(tenant), Parameter.Uuids(streams) },
    };

    /// <summary>The events of some numbers, in their order.</summary>
    public static NpgsqlBatchCommand Numbered(string tenant, long[] sequences) => new(
        $"select {Columns} from events.mt_events where tenant_id = $1 and seq_id = any($2) order by seq_id")
    {
        Parameters = { Parameter.Text(tenant), Parameter.Bigints(sequences) },
    };

    /// <summary>Reads a row of <see cref="Columns"/>.</summary>
    public StoredEvent Read(NpgsqlDataReader row)
    {
        var type = row.GetString(4);
        return new StoredEvent(
            row.GetInt64(0),
            row.GetGuid(1),
            row.GetGuid(2),
            row.GetInt64(3),
            type,
            registry.Read(type, row.GetFieldValue<byte[]>(5)),
            row.GetFieldValue<DateTimeOffset>(6),
            row.GetString(7));
    }

    private async Task<string[]> Texts(PlannedEvent[] events)
    {
        var json = new string[events.Length];
        var buffer = new ArrayBufferWriter<byte>(1024);
        await using var writer = new Utf8JsonWriter(buffer, Trusted);
        for (var i = 0; i < events.Length; i++)
            json[i] = Encoding.UTF8.GetString(Encode(writer, buffer, events[i].Data).Span);
        return json;
    }

    private ReadOnlyMemory<byte> Encode(Utf8JsonWriter writer, ArrayBufferWriter<byte> buffer, object data)
    {
        buffer.ResetWrittenCount();
        writer.Reset();
        registry.Write(writer, data);
        writer.Flush();
        return buffer.WrittenMemory;
    }
}
