using QualityIngest.Database;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Formats;

namespace QualityIngest.Domain.Ingest;

/// <summary>Looks again at what is held, in batches, after a mapping, an agent or a default has changed, and hourly.</summary>
public sealed class ReleaseStep(Postgres postgres, WorkQueue queue, EventStore.EventStore events) : IWorkStep
{
    private const int BatchRows = 500;

    /// <inheritdoc/>
    public string Kind => WorkKinds.Release;

    /// <inheritdoc/>
    public int Batch => 1;

    /// <inheritdoc/>
    public int Concurrency => 1;

    /// <summary>The work of looking at one connector's held conversations, or with null at all of the tenant's.</summary>
    public static NewWorkItem Item(Guid? connector) =>
        new(WorkKinds.Release, connector?.ToString("N") ?? "tenant", null, DomainJson.Write(new ReleaseWork(connector)));

    /// <inheritdoc/>
    public async Task Run(IReadOnlyList<WorkItem> items, CancellationToken cancel)
    {
        foreach (var item in items)
        {
            var work = DomainJson.Read<ReleaseWork>(item.Payload);
            foreach (var connector in work.ConnectorId is { } one ? [one] : await Holding(item.Tenant, cancel))
                await Release(item, connector, cancel);

            await using var session = await postgres.Pipeline(item.Tenant, cancel);
            await queue.Complete(session, [item], cancel);
            await session.Commit(cancel);
        }
    }

    /// <inheritdoc/>
    public async Task GiveUp(WorkItem item, CancellationToken cancel)
    {
        await using var session = await postgres.Pipeline(item.Tenant, cancel);
        await queue.Bury(session, item, "attempts_exhausted", "The held conversations could not be looked at within the attempts.", cancel);
        await session.Commit(cancel);
    }

    private async Task<List<Guid>> Holding(string tenant, CancellationToken cancel)
    {
        await using var session = await postgres.Pipeline(tenant, cancel);
        return await session.Query(
            new Statement("select distinct connector_id from conversations where tenant_id = $1 and status = 'held'", tenant),
            row => row.GetGuid(0), cancel);
    }

    private async Task Release(WorkItem item, Guid connector, CancellationToken cancel)
    {
        Guid? after = Guid.Empty;
        while (after is not null)
            after = await ReleaseBatch(item, connector, after.Value, cancel);
    }

    /// <summary>
    /// Looks at one batch; returns the last id, or null at the end. What a removed connector left held waits for those that
    /// read its source now: nobody can change its own mappings any more.
    /// </summary>
    private async Task<Guid?> ReleaseBatch(WorkItem item, Guid connector, Guid after, CancellationToken cancel)
    {
        await using var session = await postgres.Pipeline(item.Tenant, cancel);
        var sharing = await Sharing.Take(session, connector, cancel);
        var held = await session.Query(
            new Statement(
                """
                select v.id, c.parsed
                from conversations v
                join conversation_contents c on c.tenant_id = v.tenant_id and c.conversation_id = v.id and c.revision = v.revision
                where v.tenant_id = $1 and v.status = 'held' and v.id > $3
                  and v.connector_id in (
                    select $2
                    union all
                    select gone.id from connectors gone
                    join connectors heir on heir.source_id = gone.source_id and heir.id = $2 and heir.deleted_at is null
                    where gone.tenant_id = $1 and gone.deleted_at is not null)
                order by v.id
                limit $4
                """,
                item.Tenant, connector, after, BatchRows),
            row => (Id: row.GetGuid(0), Row: DomainJson.Read<ParsedConversation>(row.GetString(1))), cancel);
        if (held is [])
            return null;

        var assignments = await sharing.Assignments(session, [.. held.Select(h => h.Row)], cancel);
        var drafts = new Drafts(await events.Lock(session.Transaction, item.Tenant, [.. held.Select(h => h.Id)], cancel));
        foreach (var (id, row) in held)
        {
            if (Decide(drafts.State(id)!, row, assignments.Assign(row)) is { } decided)
                drafts.Add(id, [decided]);
        }

        await events.Append(session.Transaction, item.Tenant, drafts.Appends(), cancel);
        await queue.Enqueue(session, item.Tenant, [.. drafts.Changed().Where(Resolving.IsDue).Select(Resolving.Item)], cancel);

        // Configuration first and the item last, as whoever changes a mapping takes them: in the other order the two deadlock.
        await queue.SaveProgress(session, item, "{}", cancel);
        await session.Commit(cancel);
        return held.Count < BatchRows ? null : held[^1].Id;
    }

    /// <summary>What a new look changes: the release, fewer reasons to hold, or nothing.</summary>
    public static object? Decide(ConversationState state, ParsedConversation row, Assignment assignment)
    {
        // The stream may have moved on between the list and the lock; its row is then another revision's.
        if (state.Status != ConversationStatus.Held || state.ContentHash != row.ContentHash)
            return null;

        HoldReason[] holds = [.. state.Holds.Where(h => h == HoldReason.Counterpart), .. assignment.Holds];
        if (holds is [])
            return new ConversationReleased(state.Revision, assignment.QueueId, assignment.AgentId, assignment.Warnings);
        return state.Holds.SequenceEqual(holds) ? null : new ConversationHeld(state.Revision, holds);
    }
}
