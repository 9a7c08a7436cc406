using Npgsql;
using QualityIngest.Database;

namespace QualityIngest.Domain.Tenants;

/// <summary>The API keys of tenants and administrators.</summary>
public sealed class ApiKeys(Postgres postgres)
{
    private const int MaxScopes = 20;

    private const string Columns = "id, tenant_id, name, hint, scopes, expires_at, revoked_at, last_used_at, created_at";

    /// <summary>The keys, oldest first.</summary>
    /// <param name="tenant">Those of one tenant; null: all.</param>
    /// <param name="page">Which page.</param>
    /// <param name="cancel">Stops the query.</param>
    public async Task<Page<ApiKey, Guid>> List(string? tenant, PageRequest<Guid> page, CancellationToken cancel)
    {
        await using var session = await postgres.System(cancel);
        var rows = await session.Query(
            new Statement(
                $"""
                select {Columns} from api_keys
                where ($1::text is null or tenant_id = $1) and ($2::timestamptz is null or (created_at, id) > ($2, $3::uuid))
                order by created_at, id limit $4
                """,
                tenant, page.After?.At, page.After?.Id, page.Limit + 1),
            Read,
            cancel);
        return Page.Of(rows, page, key => new Position<Guid>(key.CreatedAt, key.Id));
    }

    /// <summary>One key, working or not.</summary>
    public async Task<Outcome<ApiKey>> Get(Guid id, CancellationToken cancel)
    {
        await using var session = await postgres.System(cancel);
        return await Find(session, id, cancel) is { } key ? key : new Failure.NotFound();
    }

    /// <summary>Makes a key. Its secret is in the answer and nowhere else.</summary>
    public async Task<Outcome<IssuedApiKey>> Create(Administrator administrator, NewApiKey input, CancellationToken cancel)
    {
        var fields = new Fields();
        var name = fields.Text("/name", input.Name, 200);
        CheckScopes(fields, input);
        await using var session = await postgres.System(cancel);
        if (input.ExpiresAt is { } expiry && await HasPassed(session, expiry, cancel))
            fields.Refuse("/expiresAt", "in_the_past", "This must be in the future.");
        if (fields.Failure is { } failure)
            return failure;

        var secret = ApiKeySecret.Generate();
        try
        {
            var key = await Insert(
                session, input.Tenant, name, secret, input.Scopes.Distinct().Order(StringComparer.Ordinal).ToArray(), input.ExpiresAt, cancel);
            var detail = new { name, key.Scopes, key.ExpiresAt };
            await session.Execute(AuditTrail.Entry(administrator.Actor, input.Tenant, "api_key.created", key.Id.ToString(), detail), cancel);
            await session.Commit(cancel);
            return new IssuedApiKey(key, secret);
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            return new Failure.Invalid("/tenant", "no_such_tenant", "There is no tenant of this id.");
        }
    }

    /// <summary>Ends a key, from the next request on and on every node. Revoking it again changes nothing.</summary>
    public async Task<Outcome<ApiKey>> Revoke(Administrator administrator, Guid id, CancellationToken cancel)
    {
        await using var session = await postgres.System(cancel);
        var revoked = await session.Execute(
            new Statement("update api_keys set revoked_at = clock_timestamp() where id = $1 and revoked_at is null", id), cancel);
        if (await Find(session, id, cancel) is not { } key)
            return new Failure.NotFound();
        if (revoked > 0)
            await session.Execute(AuditTrail.Entry(administrator.Actor, key.Tenant, "api_key.revoked", id.ToString()), cancel);
        await session.Commit(cancel);
        return key;
    }

    internal static async Task<ApiKey> Insert(
        SystemSession session, string? tenant, string name, string secret, string[] scopes, DateTimeOffset? expiresAt, CancellationToken cancel) =>
        (await session.First(
            new Statement(
                $"""
                insert into api_keys (id, tenant_id, name, hash, hint, scopes, expires_at)
                values ($1, $2::text, $3, $4, $5, $6, $7::timestamptz) returning {Columns}
                """,
                Guid.CreateVersion7(), tenant, name, ApiKeySecret.Hash(secret), ApiKeySecret.Hint(secret), scopes, expiresAt?.ToUniversalTime()),
            Read,
            cancel))!;

    private static Task<ApiKey?> Find(SystemSession session, Guid id, CancellationToken cancel) =>
        session.First(new Statement($"select {Columns} from api_keys where id = $1", id), Read, cancel);

    // By the clock that keys are checked by.
    private static Task<bool> HasPassed(SystemSession session, DateTimeOffset at, CancellationToken cancel) =>
        session.Scalar<bool>(new Statement("select $1::timestamptz <= clock_timestamp()", at.ToUniversalTime()), cancel);

    private static void CheckScopes(Fields fields, NewApiKey input)
    {
        var allowed = input.Tenant is null ? Scopes.OfAdministrators : Scopes.OfTenants;
        if (input.Scopes.Count == 0)
            fields.Refuse("/scopes", "required", "This must name at least one scope.");
        if (input.Scopes.Count > MaxScopes)
            fields.Refuse("/scopes", "too_many", $"At most {MaxScopes} scopes can be named.");
        for (var i = 0; i < input.Scopes.Count; i++)
        {
            if (!allowed.Contains(input.Scopes[i]))
                fields.Refuse($"/scopes/{i}", "unknown_scope", $"This must be one of {string.Join(", ", allowed.Order(StringComparer.Ordinal))}.");
        }
    }

    private static ApiKey Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.IsDBNull(1) ? null : row.GetString(1),
        row.GetString(2),
        row.GetString(3),
        row.GetFieldValue<string[]>(4),
        Time(row, 5),
        Time(row, 6),
        Time(row, 7),
        row.GetFieldValue<DateTimeOffset>(8));

    private static DateTimeOffset? Time(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}
