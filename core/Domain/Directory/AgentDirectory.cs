using Npgsql;
using QualityIngest.Database;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Domain.Directory;

/// <summary>A tenant's agents.</summary>
public sealed class AgentDirectory(Postgres postgres, AgentChanges changes)
{
    private const string Columns = "id, name, email, external_id, version, created_at, updated_at";

    /// <summary>The agents, oldest first.</summary>
    /// <param name="caller">Whose agents.</param>
    /// <param name="email">Only the one with this e-mail address; null: all.</param>
    /// <param name="externalId">Only the one with this external id; null: all.</param>
    /// <param name="page">Which page.</param>
    /// <param name="cancel">Stops the query.</param>
    public async Task<Page<Agent, Guid>> List(
        Caller caller, string? email, string? externalId, PageRequest<Guid> page, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        var rows = await session.Query(
            new Statement(
                $"""
                select {Columns} from agents
                where ($1::text is null or email = $1) and ($2::text is null or external_id = $2)
                  and ($3::timestamptz is null or (created_at, id) > ($3, $4::uuid))
                order by created_at, id limit $5
                """,
                email?.Trim().ToLowerInvariant(), externalId, page.After?.At, page.After?.Id, page.Limit + 1),
            Read,
            cancel);
        return Page.Of(rows, page, agent => new Position<Guid>(agent.CreatedAt, agent.Id));
    }

    /// <summary>One agent.</summary>
    public async Task<Outcome<Agent>> Get(Caller caller, Guid id, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        return await session.First(new Statement($"select {Columns} from agents where id = $1", id), Read, cancel) is { } agent
            ? agent
            : new Failure.NotFound();
    }

    /// <summary>Makes an agent.</summary>
    public async Task<Outcome<Agent>> Create(Caller caller, AgentInput input, CancellationToken cancel)
    {
        var fields = new Fields();
        var agent = input.Checked(fields);
        if (fields.Failure is { } failure)
            return failure;

        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        await AgentChanges.Begin(session, cancel);
        return await Write(
            session,
            caller,
            "agent.created",
            new Statement(
                $"insert into agents (id, tenant_id, name, email, external_id) values ($1, $2, $3, $4::text, $5::text) returning {Columns}",
                Guid.CreateVersion7(), caller.Tenant, agent.Name, agent.Email, agent.ExternalId),
            cancel);
    }

    /// <summary>Replaces an agent, if it still is at the expected version.</summary>
    public async Task<Outcome<Agent>> Replace(
        Caller caller, Guid id, ExpectedVersion expected, AgentInput input, CancellationToken cancel)
    {
        var fields = new Fields();
        var agent = input.Checked(fields);
        if (fields.Failure is { } failure)
            return failure;

        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        await AgentChanges.Begin(session, cancel);
        if (await Unexpected(session, id, expected, cancel) is { } unexpected)
            return unexpected;
        return await Write(
            session,
            caller,
            "agent.replaced",
            new Statement(
                $"""
                update agents set name = $2, email = $3::text, external_id = $4::text, version = version + 1, updated_at = now()
                where id = $1 returning {Columns}
                """,
                id, agent.Name, agent.Email, agent.ExternalId),
            cancel);
    }

    /// <summary>Deletes an agent, if it still is at the expected version. Conversations keep what they know of it.</summary>
    public async Task<Outcome<Done>> Delete(Caller caller, Guid id, ExpectedVersion expected, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        await AgentChanges.Begin(session, cancel);
        if (await Unexpected(session, id, expected, cancel) is { } unexpected)
            return unexpected;
        await session.ExecuteAll(
            [
                new Statement("delete from agents where id = $1", id),
                AuditTrail.Entry(caller.Actor, caller.Tenant, "agent.deleted", id.ToString()),
            ],
            cancel);
        await changes.Tell(session, cancel);
        await session.Commit(cancel);
        return default(Done);
    }

    private static async Task<Failure?> Unexpected(TenantSession session, Guid id, ExpectedVersion expected, CancellationToken cancel) =>
        await session.Scalar<long?>(new Statement("select version from agents where id = $1", id), cancel) switch
        {
            null => new Failure.NotFound(),
            { } current when !expected.Is(current) => new Failure.Stale(),
            _ => null,
        };

    private async Task<Outcome<Agent>> Write(
        TenantSession session, Caller caller, string action, Statement statement, CancellationToken cancel)
    {
        try
        {
            var agent = (await session.First(statement, Read, cancel))!;
            var detail = new { agent.Name, agent.Email, agent.ExternalId };
            await session.Execute(AuditTrail.Entry(caller.Actor, caller.Tenant, action, agent.Id.ToString(), detail), cancel);
            await changes.Tell(session, cancel);
            await session.Commit(cancel);
            return agent;
        }
        catch (PostgresException taken) when (taken is { SqlState: PostgresErrorCodes.UniqueViolation, TableName: "agents" })
        {
            return taken.ConstraintName == "agents_tenant_id_email_key"
                ? new Failure.Conflict("agent_email_taken", "Another agent has this e-mail address.")
                : new Failure.Conflict("agent_external_id_taken", "Another agent has this external id.");
        }
    }

    private static Agent Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetString(1),
        row.IsDBNull(2) ? null : row.GetString(2),
        row.IsDBNull(3) ? null : row.GetString(3),
        row.GetInt64(4),
        row.GetFieldValue<DateTimeOffset>(5),
        row.GetFieldValue<DateTimeOffset>(6));
}
