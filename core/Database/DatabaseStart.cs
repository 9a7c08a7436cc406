using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace QualityIngest.Database;

/// <summary>What has to happen, in order, before anything uses the database.</summary>
internal sealed partial class DatabaseStart(DatabaseServer server, DatabaseOptions options, ILogger<DatabaseStart> logger)
{
    public async Task Run(IServiceProvider services, CancellationToken cancel)
    {
        await server.Start(cancel);
        await AwaitAnswer(services.GetRequiredService<NpgsqlDataSource>(), cancel);

        var migrator = services.GetRequiredService<Migrator>();
        await (options.Migrate ? migrator.Migrate(cancel) : migrator.Verify(cancel));
        await services.GetRequiredService<SecretCanary>().Check(cancel);
    }

    // Composed installations start everything at once, and a server that starts refuses connections for a while.
    private async Task AwaitAnswer(NpgsqlDataSource source, CancellationToken cancel)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(cancel);
                return;
            }
            catch (NpgsqlException e) when (Waits(e) && TimeProvider.System.GetElapsedTime(began).TotalSeconds < options.StartTimeout)
            {
                LogWaiting(e.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), cancel);
            }
        }
    }

    // A refused password stays refused.
    private static bool Waits(NpgsqlException e) => e is not PostgresException { SqlState: not PostgresErrorCodes.CannotConnectNow };

    [LoggerMessage(EventId = 1001, Level = LogLevel.Information, Message = "Waiting for PostgreSQL: {Reason}")]
    private partial void LogWaiting(string reason);
}
