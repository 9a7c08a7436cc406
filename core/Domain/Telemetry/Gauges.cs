using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using QualityIngest.Database;
using QualityIngest.EventStore;

namespace QualityIngest.Domain.Telemetry;

/// <summary>What the database last said of the whole installation.</summary>
/// <param name="Work">How much work there is, by kind.</param>
/// <param name="Feed">How late the event feed is.</param>
/// <param name="Values">The rest: metric, label (or none), value.</param>
public sealed record Gauged(IReadOnlyList<WorkBacklog> Work, FeedLag Feed, IReadOnlyList<(string Metric, string? Label, double Value)> Values);

/// <summary>
/// Asks the database for the figures of <c>/metrics</c>, at most once in <see cref="MetricsOptions.Refresh"/> however many ask
/// for them.
/// </summary>
public sealed partial class Gauges(
    Postgres postgres, WorkQueue queue, EventFeed feed, TimeProvider time, IOptions<MetricsOptions> options, ILogger<Gauges> logger) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private (Gauged? Figures, long At)? _last;

    /// <summary>The figures; null: the database could not be asked.</summary>
    public async Task<Gauged?> Read(CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            if (_last is not { } last || time.GetElapsedTime(last.At) >= options.Value.Refresh)
                _last = last = (await Ask(cancel), time.GetTimestamp());
            return last.Figures;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task<Gauged?> Ask(CancellationToken cancel)
    {
        try
        {
            var work = await queue.Backlog(cancel);
            var lag = await feed.Lag(cancel);
            await using var session = await postgres.System(cancel);
            await session.Execute(new Statement("set local statement_timeout = '5s'"), cancel);
            var values = await session.Query(
                Statement.File<Gauges>("Telemetry/Gauges.sql", options.Value.Connectors),
                row => (row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetDouble(2)), cancel);
            return new(work, lag, values);
        }
        catch (NpgsqlException away)
        {
            LogAway(away.Message);
            return null;
        }
    }

    [LoggerMessage(EventId = 2060, Level = LogLevel.Warning, Message = "The database could not be asked for metrics: {Reason}")]
    private partial void LogAway(string reason);
}
