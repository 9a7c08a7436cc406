using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Npgsql;
using QualityIngest.Database;

namespace QualityIngest.Domain.Tenants;

/// <summary>One customer of the installation, walled off from the others.</summary>
/// <param name="Id">Chosen by the administrator and never changed: lower-case letters, digits and hyphens.</param>
/// <param name="Name">What people call it, 1–200 characters.</param>
/// <param name="ExternalId">What role assumption always sends, so that nobody else's role can be borrowed. Given by the server.</param>
/// <param name="CreatedAt">When it was created.</param>
public sealed record Tenant(string Id, string Name, string ExternalId, DateTimeOffset CreatedAt);

/// <summary>A tenant to create.</summary>
/// <param name="Id">1–63 lower-case letters, digits and hyphens, starting with a letter or digit. Never changes.</param>
/// <param name="Name">What people call it, 1–200 characters.</param>
public sealed record NewTenant(string Id, string Name);

/// <summary>The tenants of the installation, as administrators see them.</summary>
public sealed partial class TenantRegistry(Postgres postgres)
{
    private const string Columns = "id, name, external_id, created_at";

    /// <summary>The tenants, oldest first.</summary>
    public async Task<Page<Tenant, string>> List(PageRequest<string> page, CancellationToken cancel)
    {
        await using var session = await postgres.System(cancel);
        var rows = await session.Query(
            new Statement(
                $"""
                select {Columns} from tenants
                where $1::timestamptz is null or (created_at, id) > ($1, $2::text)
                order by created_at, id limit $3
                """,
                page.After?.At, page.After?.Id, page.Limit + 1),
            Read,
            cancel);
        return Page.Of(rows, page, tenant => new Position<string>(tenant.CreatedAt, tenant.Id));
    }

    /// <summary>One tenant.</summary>
    public async Task<Outcome<Tenant>> Get(string id, CancellationToken cancel)
    {
        await using var session = await postgres.System(cancel);
        return await session.First(new Statement($"select {Columns} from tenants where id = $1", id), Read, cancel) is { } tenant
            ? tenant
            : new Failure.NotFound();
    }

    /// <summary>Makes a tenant, with an empty directory of agents.</summary>
    public async Task<Outcome<Tenant>> Create(Administrator administrator, NewTenant input, CancellationToken cancel)
    {
        var fields = new Fields();
        var name = fields.Text("/name", input.Name, 200);
        if (!TenantId().IsMatch(input.Id))
            fields.Refuse("/id", "invalid_id", "This must be 1–63 lower-case letters, digits and hyphens, starting with a letter or digit.");
        if (fields.Failure is { } failure)
            return failure;

        await using var session = await postgres.System(cancel);
        try
        {
            var tenant = await session.First(
                new Statement(
                    $"insert into tenants (id, name, external_id) values ($1, $2, $3) returning {Columns}",
                    input.Id, name, RandomNumberGenerator.GetHexString(32, lowercase: true)),
                Read,
                cancel);
            await session.ExecuteAll(
                [
                    new Statement("insert into agent_directories (tenant_id) values ($1)", input.Id),
                    AuditTrail.Entry(administrator.Actor, input.Id, "tenant.created", input.Id, new { name }),
                ],
                cancel);
            await session.Commit(cancel);
            return tenant!;
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return new Failure.Conflict("tenant_exists", "There already is a tenant of this id.");
        }
    }

    private static Tenant Read(NpgsqlDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3));

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,62}\z")]
    private static partial Regex TenantId();
}
