using Npgsql;

namespace QualityIngest.EventStore;

/// <summary>How far the feed is final, and how far numbers have been drawn.</summary>
/// <param name="Final">Every event up to this number is committed or never will be.</param>
/// <param name="Drawn">The last number drawn when the feed last looked.</param>
public sealed record Watermark(long Final, long Drawn)
{
    /// <summary>How many numbers are drawn and not yet final; an upper bound for the events that are held back.</summary>
    public long Behind => Drawn - Final;
}

/// <summary>A page of the feed.</summary>
/// <param name="Next">Where the next page continues (its <c>after</c>), even when this one is empty.</param>
public sealed record FeedPage(IReadOnlyList<StoredEvent> Events, long Next, Watermark Watermark);

/// <summary>How late the feed is.</summary>
/// <param name="Behind">Numbers drawn and not yet final.</param>
/// <param name="OldestWriter">
/// Age of the oldest transaction that writes, which the feed waits for. Zero when there is none.
/// Transactions of other logins count only when this one may read <c>pg_stat_activity</c>.
/// </param>
public sealed record FeedLag(long Behind, TimeSpan OldestWriter);

/// <summary>
/// All events in the order of their numbers, each once, none missing, each stream's in version order. An event appears once every
/// transaction has ended that was writing when the feed looked. One feed serves any number of readers, on the primary only.
/// </summary>
public sealed class EventFeed
{
    /// <summary>The most events that one page holds.</summary>
    public const int MaxPage = 10_000;

    /// <summary>How old at most the look is that <see cref="Recent"/> gives, beside the time that it takes.</summary>
    public static readonly TimeSpan RecentLife = TimeSpan.FromMilliseconds(50);

    private readonly NpgsqlDataSource _source;
    private readonly EventRows _rows;
    private readonly FeedTide _tide = new();
    private readonly SharedLook _recent;

    /// <summary>Creates a feed.</summary>
    /// <param name="source">The database, its primary.</param>
    /// <param name="registry">What stored names stand for.</param>
    public EventFeed(NpgsqlDataSource source, EventRegistry registry)
    {
        (_source, _rows) = (source, new(registry));
        _recent = new(() => Watermark(CancellationToken.None), RecentLife);
    }

    /// <summary>
    /// Reads final events after a number, of one tenant or (null) of all. A page that is not full has reached the watermark:
    /// ask again later, from <see cref="FeedPage.Next"/>. Costs two round trips and, when numbers were drawn since the last look,
    /// one transaction id.
    /// </summary>
    /// <param name="max">1 to <see cref="MaxPage"/> events.</param>
    public async Task<FeedPage> Read(string? tenant, long after, int max, CancellationToken cancel)
    {
        Check(max);
        await using var connection = await _source.OpenConnectionAsync(cancel);
        return await Page(connection, tenant, after, await Look(connection, cancel), max, cancel);
    }

    /// <summary>
    /// The same up to what was final at an earlier look, such as one that many readers share. Costs one round trip, or none where
    /// nothing that is final stands behind the number.
    /// </summary>
    /// <param name="tenant">Whose events; null: all.</param>
    /// <param name="after">The number behind which to read.</param>
    /// <param name="watermark">A look of this feed.</param>
    /// <param name="max">1 to <see cref="MaxPage"/> events.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<FeedPage> Read(string? tenant, long after, Watermark watermark, int max, CancellationToken cancel)
    {
        Check(max);
        if (after >= watermark.Final)
            return new FeedPage([], after, watermark);
        await using var connection = await _source.OpenConnectionAsync(cancel);
        return await Page(connection, tenant, after, watermark, max, cancel);
    }

    /// <summary>Looks how far the feed is final now. One round trip.</summary>
    public async Task<Watermark> Watermark(CancellationToken cancel)
    {
        await using var connection = await _source.OpenConnectionAsync(cancel);
        return await Look(connection, cancel);
    }

    /// <summary>
    /// How far the feed was final a moment ago, for those who ask again and again: however many they are, they cost one look in
    /// <see cref="RecentLife"/>. What was final stays so; what has become final since is told of by the next.
    /// </summary>
    public Task<Watermark> Recent(CancellationToken cancel) => _recent.Get(cancel);

    /// <summary>Measures how late the feed is, for metrics. Two round trips.</summary>
    public async Task<FeedLag> Lag(CancellationToken cancel)
    {
        await using var connection = await _source.OpenConnectionAsync(cancel);
        var watermark = await Look(connection, cancel);
        await using var command = new NpgsqlCommand(
            """
            select coalesce(max(clock_timestamp() - xact_start), interval '0')
            from pg_stat_activity
            where backend_xid is not null
            """,
            connection);
        return new FeedLag(watermark.Behind, (TimeSpan)(await command.ExecuteScalarAsync(cancel))!);
    }

    internal static string PageOf(string? tenant) =>
        $"""
        select {EventRows.Columns} from events.mt_events
        where seq_id > $1 and seq_id <= $2 {(tenant is null ? "" : "and tenant_id = $4")}
        order by seq_id
        limit $3
        """;

    private static void Check(int max)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(max, MaxPage);
    }

    private async Task<FeedPage> Page(NpgsqlConnection connection, string? tenant, long after, Watermark watermark, int max, CancellationToken cancel)
    {
        if (after >= watermark.Final)
            return new FeedPage([], after, watermark);

        await using var command = new NpgsqlCommand(PageOf(tenant), connection)
        {
            Parameters = { Parameter.Bigint(after), Parameter.Bigint(watermark.Final), Parameter.Bigint(max) },
        };
        if (tenant is not null)
            command.Parameters.Add(Parameter.Text(tenant));

        var events = new List<StoredEvent>();
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            events.Add(_rows.Read(reader));
        return new FeedPage(events, events.Count == max ? events[^1].Sequence : watermark.Final, watermark);
    }

    private async Task<Watermark> Look(NpgsqlConnection connection, CancellationToken cancel)
    {
        var known = _tide.Final;

        // Three statements, in this order: each takes a snapshot of its own.
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("select case when is_called then last_value else 0 end from events.mt_events_sequence"),
                new("select pg_current_xact_id() from events.mt_events_sequence where is_called and last_value > $1")
                {
                    Parameters = { Parameter.Bigint(known) },
                },
                new("select pg_snapshot_xmin(pg_current_snapshot())"),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        var drawn = reader.GetInt64(0);
        await reader.NextResultAsync(cancel);
        ulong? mark = await reader.ReadAsync(cancel) ? reader.GetFieldValue<ulong>(0) : null;
        await reader.NextResultAsync(cancel);
        await reader.ReadAsync(cancel);
        return _tide.Seen(known, drawn, mark, reader.GetFieldValue<ulong>(0));
    }
}
