using QualityIngest.Database;
using QualityIngest.Domain.Ingest;
using QualityIngest.Domain.Tenants;
using QualityIngest.EventStore;

namespace QualityIngest.Domain.Conversations.Erasure;

/// <summary>Erases conversations for good.</summary>
public sealed class ConversationErasure(Postgres postgres, WorkQueue queue, EventStore.EventStore events, SecretBox secrets)
{
    private const string Context = "erased content";

    private static readonly string[] Kinds = [WorkKinds.Resolve, WorkKinds.Measure];

    /// <summary>
    /// Deletes what was said, who said it and what it was called, whatever state the conversation is in, and masks what its
    /// events told of it. What is left is a stream that ends with <see cref="ConversationErased"/>, and an audit row that says
    /// who had it erased. All of it is one transaction, so that it happens at once and wholly.
    /// </summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="id">The conversation.</param>
    /// <param name="expected">The version that the caller means.</param>
    /// <param name="cancel">Ends it; nothing is erased then.</param>
    public async Task<Outcome<Done>> Erase(Caller caller, Guid id, ExpectedVersion expected, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        var locked = await events.Lock(session.Transaction, caller.Tenant, [id], cancel);
        // Before it is asked whether another conversation bears the name: that one may be being erased.
        await session.Execute(ErasedRow.Turn(caller.Tenant, alone: true), cancel);
        if (await Identity.Find(session, id, cancel) is not { } identity || !locked.TryGetValue(id, out var stream))
            return await ErasedRow.Missing(session, id, cancel);
        var state = ConversationState.Fold(id, stream.Events)!;
        if (!expected.Is(state.Version))
            return new Failure.Stale();

        var counts = await session.AsOwner(() => Delete(session, identity, state, cancel), cancel);
        var erased = new ConversationErased(state.Revision, identity.Alone ? Ids.Conversation(caller.Tenant, identity.Namespace, "", identity.ExternalId) : null);
        await events.Append(
            session.Transaction, caller.Tenant,
            [new StreamAppend(id, ConversationState.StreamType, state.Version, [erased], ConversationState.Apply(state, erased))], cancel);
        await session.Execute(
            AuditTrail.Entry(
                caller.Actor, caller.Tenant, "conversation.erased", id.ToString(),
                new { revisions = state.Revision, callRecords = counts.CallRecords, sales = counts.Sales, rejections = counts.Rejections }),
            cancel);
        await session.Commit(cancel);
        return default(Done);
    }

    /// <summary>As the owner: no request changes an event, or touches what is imported.</summary>
    private async Task<Deleted> Delete(TenantSession session, Identity identity, ConversationState state, CancellationToken cancel)
    {
        var deleted = await session.First(
            Statement.File<ConversationErasure>(
                "Conversations/Erasure/Erase.sql", session.Tenant, state.Id, identity.Namespace, identity.ExternalId, identity.Alone),
            row => new Deleted(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)), cancel);
        await events.Mask(
            session.Transaction, session.Tenant, state.Id,
            @event => ErasedEvents.Mask(@event, hash => secrets.Digest($"{state.Id:N}:{hash}", Context)), cancel);
        await queue.Discard(
            session, session.Tenant, Kinds, [.. Enumerable.Range(1, state.Revision).Select(revision => Resolving.Key(state.Id, revision))], cancel);
        return deleted!;
    }

    private sealed record Deleted(long CallRecords, long Sales, long Rejections);

    /// <summary>What a conversation is called, and whether no other of its namespace is called so.</summary>
    private sealed record Identity(string Namespace, string ExternalId, bool Alone)
    {
        public static Task<Identity?> Find(Session session, Guid id, CancellationToken cancel) => session.First(
            new Statement(
                """
                select c.namespace, c.external_id, not exists (
                    select from (select id, namespace from conversations where tenant_id = c.tenant_id and external_id = c.external_id offset 0) o
                    where o.namespace = c.namespace and o.id <> c.id
                    offset 0)
                from conversations c where c.id = $1
                """,
                id),
            row => new Identity(row.GetString(0), row.GetString(1), row.GetBoolean(2)), cancel);
    }
}
