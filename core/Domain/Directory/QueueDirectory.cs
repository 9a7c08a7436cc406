using Npgsql;
using QualityIngest.Database;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Domain.Directory;

/// <summary>A tenant's queues.</summary>
public sealed class QueueDirectory(Postgres postgres)
{
    private const string Columns = "id, name, version, created_at, updated_at";

    private static readonly Failure Taken = new Failure.Conflict("queue_name_taken", "Another queue has this name.");

    /// <summary>The queues, oldest first.</summary>
    public async Task<Page<Queue, Guid>> List(Caller caller, PageRequest<Guid> page, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        var rows = await session.Query(
            new Statement(
                $"""
                select {Columns} from queues
                where $1::timestamptz is null or (created_at, id) > ($1, $2::uuid)
                order by created_at, id limit $3
                """,
                page.After?.At, page.After?.Id, page.Limit + 1),
            Read,
            cancel);
        return Page.Of(rows, page, queue => new Position<Guid>(queue.CreatedAt, queue.Id));
    }

    /// <summary>One queue.</summary>
    public async Task<Outcome<Queue>> Get(Caller caller, Guid id, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        return await session.First(new Statement($"select {Columns} from queues where id = $1", id), Read, cancel) is { } queue
            ? queue
            : new Failure.NotFound();
    }

    /// <summary>Makes a queue.</summary>
    public async Task<Outcome<Queue>> Create(Caller caller, QueueInput input, CancellationToken cancel)
    {
        var fields = new Fields();
        var name = fields.Text("/name", input.Name, 200);
        if (fields.Failure is { } failure)
            return failure;

        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        return await Write(
            session,
            new Statement(
                $"insert into queues (id, tenant_id, name) values ($1, $2, $3) returning {Columns}",
                Guid.CreateVersion7(), caller.Tenant, name),
            queue => AuditTrail.Entry(caller.Actor, caller.Tenant, "queue.created", queue.Id.ToString(), new { name }),
            cancel);
    }

    /// <summary>Replaces a queue, if it still is at the expected version.</summary>
    public async Task<Outcome<Queue>> Replace(
        Caller caller, Guid id, ExpectedVersion expected, QueueInput input, CancellationToken cancel)
    {
        var fields = new Fields();
        var name = fields.Text("/name", input.Name, 200);
        if (fields.Failure is { } failure)
            return failure;

        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        if (await Locked(session, id, expected, cancel) is { } locked)
            return locked;
        return await Write(
            session,
            new Statement(
                $"update queues set name = $2, version = version + 1, updated_at = now() where id = $1 returning {Columns}", id, name),
            _ => AuditTrail.Entry(caller.Actor, caller.Tenant, "queue.replaced", id.ToString(), new { name }),
            cancel);
    }

    /// <summary>
    /// Deletes a queue, if it still is at the expected version and no connector maps to it. What a removed connector has mapped
    /// goes with it: nobody could change that any more.
    /// </summary>
    public async Task<Outcome<Done>> Delete(Caller caller, Guid id, ExpectedVersion expected, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        if (await Locked(session, id, expected, cancel) is { } locked)
            return locked;
        try
        {
            await session.ExecuteAll([.. Letting(id), new("delete from queues where id = $1", id)], cancel);
        }
        catch (PostgresException mapped) when (mapped.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            return new Failure.Conflict("queue_in_use", "Connectors map to this queue, or have it as their default. Change them first.");
        }

        await session.Execute(AuditTrail.Entry(caller.Actor, caller.Tenant, "queue.deleted", id.ToString()), cancel);
        await session.Commit(cancel);
        return default(Done);
    }

    /// <summary>Takes a queue from the connectors that were removed; no live one changes by this.</summary>
    private static IEnumerable<Statement> Letting(Guid queue) =>
    [
        new(
            """
            delete from queue_mappings m
            where m.queue_id = $1
              and exists (select from connectors c where c.id = m.connector_id and c.deleted_at is not null)
            """,
            queue),
        new("update connectors set settings = settings - 'defaultQueue' where default_queue_id = $1 and deleted_at is not null", queue),
    ];

    private static async Task<Failure?> Locked(TenantSession session, Guid id, ExpectedVersion expected, CancellationToken cancel) =>
        await session.Scalar<long?>(new Statement("select version from queues where id = $1 for update", id), cancel) switch
        {
            null => new Failure.NotFound(),
            { } current when !expected.Is(current) => new Failure.Stale(),
            _ => null,
        };

    private static async Task<Outcome<Queue>> Write(
        TenantSession session, Statement statement, Func<Queue, Statement> audit, CancellationToken cancel)
    {
        try
        {
            var queue = (await session.First(statement, Read, cancel))!;
            await session.Execute(audit(queue), cancel);
            await session.Commit(cancel);
            return queue;
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return Taken;
        }
    }

    private static Queue Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetString(1),
        row.GetInt64(2),
        row.GetFieldValue<DateTimeOffset>(3),
        row.GetFieldValue<DateTimeOffset>(4));
}
