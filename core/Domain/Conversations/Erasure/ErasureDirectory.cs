using QualityIngest.Database;
using QualityIngest.Domain.Tenants;
using QualityIngest.EventStore;

namespace QualityIngest.Domain.Conversations.Erasure;

/// <summary>What is left of an erased conversation.</summary>
/// <param name="ConversationId">Its id, which is derived from its identity.</param>
/// <param name="ConnectorId">The connector that brought its last revision.</param>
/// <param name="ErasedAt">When it was erased.</param>
/// <param name="Lifted">Whether its identity may be ingested anew.</param>
public sealed record ConversationTombstone(Guid ConversationId, Guid ConnectorId, DateTimeOffset ErasedAt, bool Lifted);

/// <summary>Tenants' erased conversations, for administrators.</summary>
public sealed class ErasureDirectory(Postgres postgres, EventStore.EventStore events)
{
    /// <summary>A tenant's erased conversations, latest erased first; those that were ingested anew since are not among them.</summary>
    public async Task<Page<ConversationTombstone, Guid>> List(string tenant, PageRequest<Guid> page, CancellationToken cancel)
    {
        await using var session = await postgres.System(cancel);
        var rows = await session.Query(
            new Statement(
                """
                select id, connector_id, erased_at, lifted from erased_conversations
                where tenant_id = $1 and ($2::timestamptz is null or (erased_at, id) < ($2, $3::uuid))
                order by erased_at desc, id desc
                limit $4
                """,
                tenant, page.After?.At.UtcDateTime, page.After?.Id, page.Limit + 1),
            row => new ConversationTombstone(row.GetGuid(0), row.GetGuid(1), row.GetFieldValue<DateTimeOffset>(2), row.GetBoolean(3)), cancel);
        return Page.Of(rows, page, tombstone => new Position<Guid>(tombstone.ErasedAt, tombstone.ConversationId));
    }

    /// <summary>
    /// Lets an erased conversation's identity be ingested anew by the next import that has it. What was erased stays so.
    /// Lifting it again changes nothing.
    /// </summary>
    public async Task<Outcome<Done>> Lift(Administrator administrator, string tenant, Guid id, CancellationToken cancel)
    {
        await using var session = await postgres.System(cancel);
        var locked = await events.Lock(session.Transaction, tenant, [id], cancel);
        if (!locked.TryGetValue(id, out var stream) || await Kind(session, tenant, id, cancel) != ConversationState.StreamType)
            return new Failure.NotFound();
        var state = ConversationState.Fold(id, stream.Events)!;
        if (state.Status != ConversationStatus.Erased)
            return new Failure.Conflict("not_erased", "This conversation is not erased.");
        if (state.Lifted)
            return default(Done);
        var lifted = new ConversationErasureLifted(state.Revision);
        await events.Append(
            session.Transaction, tenant,
            [new StreamAppend(id, ConversationState.StreamType, state.Version, [lifted], ConversationState.Apply(state, lifted))], cancel);
        await session.Execute(AuditTrail.Entry(administrator.Actor, tenant, "conversation.erasure_lifted", id.ToString()), cancel);
        await session.Commit(cancel);
        return default(Done);
    }

    private static Task<string?> Kind(SystemSession session, string tenant, Guid id, CancellationToken cancel) =>
        session.Scalar<string>(new Statement("select type from events.mt_streams where tenant_id = $1 and id = $2", tenant, id), cancel);
}
