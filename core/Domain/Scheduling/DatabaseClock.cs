using Npgsql;

namespace QualityIngest.Domain.Scheduling;

/// <summary>
/// PostgreSQL's clock, as far as a node can know it: what it read when last asked, moved on by the node's stopwatch. The
/// node's own wall clock plays no part once the database was asked, so it may be wrong by any amount and may be set at any time.
/// </summary>
public sealed class DatabaseClock(TimeProvider local) : TimeProvider
{
    private const int Samples = 3;
    private volatile Reading? _reading;

    /// <summary>How far the database's clock is ahead of this node's.</summary>
    public TimeSpan Offset => GetUtcNow() - local.GetUtcNow();

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() =>
        _reading is { } last ? last.At + local.GetElapsedTime(last.Timestamp) : local.GetUtcNow();

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => local.TimestampFrequency;

    /// <inheritdoc/>
    public override long GetTimestamp() => local.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        local.CreateTimer(callback, state, dueTime, period);

    /// <summary>Asks the database for its time. Exact to half of the quickest of a few round trips.</summary>
    /// <exception cref="NpgsqlException">The database did not answer; the clock goes on from what it knows.</exception>
    public async Task Measure(NpgsqlDataSource database, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var command = new NpgsqlCommand("select clock_timestamp()", connection);
        Reading? best = null;
        var quickest = TimeSpan.MaxValue;
        for (var sample = 0; sample < Samples; sample++)
        {
            var asked = local.GetTimestamp();
            var at = new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync(cancel))!, TimeSpan.Zero);
            var answered = local.GetTimestamp();
            var took = local.GetElapsedTime(asked, answered);
            if (took < quickest)
                (best, quickest) = (new Reading(answered, at + took / 2), took);
        }
        _reading = best;
    }

    private sealed record Reading(long Timestamp, DateTimeOffset At);
}
