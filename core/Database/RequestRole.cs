using Npgsql;

namespace QualityIngest.Database;

/// <summary>
/// The one step that makes the role of requests. Roles belong to the whole cluster while migrations belong to a database,
/// so parallel databases meet here: they take turns in the maintenance database where that can be reached, and where it
/// cannot, a lost race is told by its error and looked at again.
/// </summary>
internal static class RequestRole
{
    private const long Lock = 0x7169_726f_6c65_7321;
    private const int Tries = 5;

    /// <summary>Afterwards the role exists and the connection's user may assume it.</summary>
    /// <exception cref="SchemaException">The user may not create or assume it; the message has the statements for an administrator.</exception>
    public static async Task Ensure(NpgsqlConnection connection, CancellationToken cancel)
    {
        if (await MayAssume(connection, cancel))
            return;

        await using var turn = await TakeTurn(connection, cancel);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await Create(connection, cancel);
                if (await MayAssume(connection, cancel))
                    return;
                await Run(connection, $"grant {Postgres.RequestRole} to current_user", cancel);
                return;
            }
            catch (PostgresException e) when (attempt < Tries && LostRace(e))
            {
                // Another database's migration was faster; what it made is visible to the next look.
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
            {
                throw new SchemaException(
                    $"The database user may not create or assume the role {Postgres.RequestRole}. Let an administrator run: " +
                    $"create role {Postgres.RequestRole} nologin; grant {Postgres.RequestRole} to <the user>;", e);
            }
        }
    }

    private static async Task Create(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var exists = new NpgsqlCommand("select exists (select from pg_roles where rolname = $1)", connection)
        {
            Parameters = { new() { Value = Postgres.RequestRole } },
        };
        if (!(bool)(await exists.ExecuteScalarAsync(cancel))!)
            await Run(connection, $"create role {Postgres.RequestRole} nologin", cancel);
    }

    // Asking is the only way that means the same on every version: since 16 a member need not be allowed to set the role.
    private static async Task<bool> MayAssume(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        try
        {
            await Run(connection, $"set local role {Postgres.RequestRole}", cancel);
            return true;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.InvalidParameterValue
            or PostgresErrorCodes.UndefinedObject)
        {
            return false;
        }
    }

    private static async Task<NpgsqlConnection?> TakeTurn(NpgsqlConnection connection, CancellationToken cancel)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection.ConnectionString) { Database = "postgres", Pooling = false };
        var turn = connection.CloneWith(settings.ConnectionString);
        try
        {
            await turn.OpenAsync(cancel);
            await Run(turn, $"select pg_advisory_lock({Lock})", cancel);
            return turn; // closing it ends the turn
        }
        catch (PostgresException)
        {
            await turn.DisposeAsync();
            return null;
        }
    }

    private static bool LostRace(PostgresException e) =>
        e.SqlState is PostgresErrorCodes.DuplicateObject or PostgresErrorCodes.UniqueViolation
        || (e.SqlState == PostgresErrorCodes.InternalError && e.MessageText.Contains("concurrently", StringComparison.Ordinal));

    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
