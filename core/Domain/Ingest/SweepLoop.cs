using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace QualityIngest.Domain.Ingest;

/// <summary>
/// Asks now and then for work that somebody may have missed. It asks what holds now rather than what happened, so it may come
/// late, and on all nodes at once.
/// </summary>
public interface ISweep
{
    /// <summary>How often; the first time after as long.</summary>
    TimeSpan Every { get; }

    /// <summary>Asks once, for all tenants.</summary>
    Task Sweep(CancellationToken cancel);
}

/// <summary>Has a sweep asked for until the node stops, if the node does work at all.</summary>
public sealed partial class SweepLoop<TSweep>(TSweep sweep, IOptions<IngestOptions> options, ILogger<SweepLoop<TSweep>> logger) : BackgroundService
    where TSweep : ISweep
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled)
            return;
        using var timer = new PeriodicTimer(sweep.Every);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await sweep.Sweep(stoppingToken);
            }
            catch (Npgsql.NpgsqlException broken)
            {
                LogAway(broken, typeof(TSweep).Name);
            }
        }
    }

    [LoggerMessage(2003, LogLevel.Warning, "The database is away; {Sweep} comes again later.")]
    private partial void LogAway(Exception broken, string sweep);
}
