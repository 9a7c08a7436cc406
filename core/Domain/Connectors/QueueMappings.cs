using Npgsql;
using QualityIngest.Database;
using QualityIngest.Domain.Ingest;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Domain.Connectors;

/// <summary>One queue id of a source and the queue that it stands for.</summary>
/// <param name="ExternalId">The queue id as rows have it, matched exactly: 1 to 200 characters.</param>
/// <param name="QueueId">The id of the queue that it means.</param>
public sealed record QueueMapping(string ExternalId, Guid QueueId);

/// <summary>A queue id that rows have and no mapping knows.</summary>
/// <param name="ExternalId">The queue id as rows have it.</param>
/// <param name="Held">How many conversations wait for it.</param>
public sealed record UnmappedQueue(string ExternalId, long Held);

/// <summary>A connector's queue mappings, and what they miss.</summary>
/// <param name="Mappings">By queue id.</param>
/// <param name="Unmapped">The queue ids that conversations wait for, most first, at most 100.</param>
/// <param name="Version">The connector's version: the ETag.</param>
public sealed record QueueMappingSet(IReadOnlyList<QueueMapping> Mappings, IReadOnlyList<UnmappedQueue> Unmapped, long Version) : IVersioned;

/// <summary>A connector's queue mappings, as written: the whole set.</summary>
/// <param name="Mappings">At most 1,000, each queue id once.</param>
public sealed record QueueMappingsInput(IReadOnlyList<QueueMapping> Mappings);

/// <summary>Which queue a source's queue ids stand for.</summary>
public sealed class QueueMappings(Postgres postgres, WorkQueue queue)
{
    private const int Max = 1_000;

    /// <summary>The mappings, with the queue ids that are seen and not mapped.</summary>
    public async Task<Outcome<QueueMappingSet>> Get(Caller caller, Guid connector, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        return await ConnectorDirectory.Find(session, connector, cancel) is { } stored
            ? await Read(session, connector, stored.Version, cancel)
            : new Failure.NotFound();
    }

    /// <summary>
    /// Replaces the mappings, if the connector still is at the expected version. What waits for one of them is released
    /// soon after: the release is part of the same transaction, its work is not.
    /// </summary>
    public async Task<Outcome<QueueMappingSet>> Replace(
        Caller caller, Guid connector, ExpectedVersion expected, QueueMappingsInput input, CancellationToken cancel)
    {
        if (Check(input) is { } invalid)
            return invalid;

        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        if (await ConnectorDirectory.Find(session, connector, cancel, lockRow: true) is not { } stored)
            return new Failure.NotFound();
        if (!expected.Is(stored.Version))
            return new Failure.Stale();
        if (await UnknownQueue(session, input, cancel) is { } unknown)
            return unknown;

        await session.ExecuteAll(
        [
            new("delete from queue_mappings where connector_id = $1", connector),
            new(
                """
                insert into queue_mappings (tenant_id, connector_id, external_id, queue_id)
                select $1, $2, m.* from unnest($3::text[], $4::uuid[]) as m
                """,
                caller.Tenant, connector, input.Mappings.Select(m => m.ExternalId).ToArray(), input.Mappings.Select(m => m.QueueId).ToArray()),
            new("update connectors set version = version + 1, updated_at = now() where id = $1", connector),
            AuditTrail.Entry(caller.Actor, caller.Tenant, "connector.queues_mapped", connector.ToString(), new { input.Mappings }),
        ], cancel);
        await queue.Enqueue(session, caller.Tenant, [ReleaseStep.Item(connector)], cancel);
        var set = await Read(session, connector, stored.Version + 1, cancel);
        await session.Commit(cancel);
        return set;
    }

    private static Failure.Invalid? Check(QueueMappingsInput input)
    {
        var fields = new Fields();
        if (input.Mappings.Count > Max)
            fields.Refuse("/mappings", "too_many", $"A connector has at most {Max} queue mappings.");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < input.Mappings.Count; i++)
        {
            var id = input.Mappings[i].ExternalId;
            if (string.IsNullOrEmpty(id) || id.Length > 200)
                fields.Refuse($"/mappings/{i}/externalId", "invalid_length", "A queue id has 1 to 200 characters.");
            else if (!seen.Add(id))
                fields.Refuse($"/mappings/{i}/externalId", "duplicate", "This queue id is mapped twice.");
        }

        return fields.Failure;
    }

    private static async Task<Failure.Invalid?> UnknownQueue(TenantSession session, QueueMappingsInput input, CancellationToken cancel)
    {
        // Shared, so that no queue is deleted between this look and the commit.
        var known = (await session.Query(
            new Statement("select id from queues where id = any($1) for key share", input.Mappings.Select(m => m.QueueId).Distinct().ToArray()),
            row => row.GetGuid(0), cancel)).ToHashSet();
        var fields = new Fields();
        for (var i = 0; i < input.Mappings.Count; i++)
        {
            if (!known.Contains(input.Mappings[i].QueueId))
                fields.Refuse($"/mappings/{i}/queueId", "unknown_queue", "There is no such queue.");
        }

        return fields.Failure;
    }

    private static async Task<QueueMappingSet> Read(TenantSession session, Guid connector, long version, CancellationToken cancel)
    {
        var mappings = await session.Query(
            new Statement("select external_id, queue_id from queue_mappings where connector_id = $1 order by external_id", connector),
            row => new QueueMapping(row.GetString(0), row.GetGuid(1)), cancel);
        var unmapped = await session.Query(
            new Statement(
                """
                select external_queue_id, count(*)
                from conversations v
                where status = 'held' and hold_queue
                  and connector_id in (
                    select $1
                    union all
                    select gone.id from connectors gone
                    join connectors heir on heir.source_id = gone.source_id and heir.id = $1
                    where gone.deleted_at is not null)
                  and not exists (
                    select 1 from queue_mappings m where m.connector_id = $1 and m.external_id = v.external_queue_id)
                group by external_queue_id
                order by count(*) desc, external_queue_id
                limit 100
                """,
                connector),
            row => new UnmappedQueue(row.GetString(0), row.GetInt64(1)), cancel);
        return new(mappings, unmapped, version);
    }
}
