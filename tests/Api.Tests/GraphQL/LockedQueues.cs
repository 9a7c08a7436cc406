using Npgsql;
using QualityIngest.TestKit;

namespace QualityIngest.Api.Tests.GraphQL;

/// <summary>Makes every query of the queues wait.</summary>
internal static class LockedQueues
{
    /// <summary>Keeps everybody from reading the queues until it is disposed.</summary>
    public static async Task<NpgsqlConnection> Take(TestDatabase database)
    {
        var connection = await database.Source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("begin; lock table qi.queues in access exclusive mode", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    /// <summary>How many queries wait.</summary>
    public static async Task<long> Waiting(TestDatabase database)
    {
        await using var command = database.Source.CreateCommand(
            "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%json_build_object%'");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
