using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using QualityIngest.Database;

namespace QualityIngest.Domain.Tenants;

/// <summary>Writes down when keys were last used, at most once a minute a key, and never in a request's way.</summary>
public sealed partial class KeyUse(Postgres postgres, ILogger<KeyUse> logger) : BackgroundService
{
    // When more keys are in use than this, some are noted a request later.
    private readonly Channel<Guid> _used = Channel.CreateBounded<Guid>(
        new BoundedChannelOptions(1_000) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Notes that a key is in use. Returns at once.</summary>
    public void Note(Guid key) => _used.Writer.TryWrite(key);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _used.Reader.WaitToReadAsync(stoppingToken))
        {
            var keys = new HashSet<Guid>();
            while (_used.Reader.TryRead(out var key))
                keys.Add(key);
            try
            {
                await Write([.. keys], stoppingToken);
            }
            catch (NpgsqlException unavailable)
            {
                LogNotWritten(unavailable, keys.Count);
            }
        }
    }

    private async Task Write(Guid[] keys, CancellationToken cancel)
    {
        await using var session = await postgres.System(cancel);
        await session.Execute(
            new Statement(
                """
                update api_keys set last_used_at = clock_timestamp()
                where id = any($1) and coalesce(last_used_at < clock_timestamp() - interval '1 minute', true)
                """,
                keys),
            cancel);
        await session.Commit(cancel);
    }

    [LoggerMessage(EventId = 2201, Level = LogLevel.Warning, Message = "The last use of {Count} API keys was not written down; their next use will be.")]
    private partial void LogNotWritten(Exception exception, int count);
}
