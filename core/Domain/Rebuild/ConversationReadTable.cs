using QualityIngest.Database;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Ingest;
using QualityIngest.EventStore;

namespace QualityIngest.Domain.Rebuild;

/// <summary>The conversations, what they are searched by, and what is left of those that were erased.</summary>
public sealed class ConversationReadTable : IReadTable
{
    /// <inheritdoc/>
    public string Name => "conversations";

    /// <inheritdoc/>
    public string StreamType => ConversationState.StreamType;

    /// <inheritdoc/>
    public async Task Write(PipelineSession session, IReadOnlyList<StreamHistory> streams, CancellationToken cancel)
    {
        var rows = streams.Select(ConversationMoments.Of).ToList();
        var ids = rows.Select(row => row.State.Id).ToArray();
        // Nothing refers to them, so they are written from nothing.
        foreach (var table in new[] { ("conversations", "id"), ("erased_conversations", "id"), ("conversation_search", "conversation_id") })
            await session.Execute(new Statement($"delete from {table.Item1} where tenant_id = $1 and {table.Item2} = any($2)", session.Tenant, ids), cancel);
        await ConversationProjection.Write(session.Transaction, session.Tenant, rows.ConvertAll(row => row.State), cancel);
        await session.Execute(
            Statement.File<ConversationReadTable>(
                "Rebuild/ConversationMoments.sql",
                session.Tenant, ids,
                Statement.Times(rows.Select(row => row.ReceivedAt)),
                rows.Select(row => row.UpdatedAt.UtcDateTime).ToArray(),
                Statement.Times(rows.Select(row => row.CompletedAt)),
                Statement.Times(rows.Select(row => row.HeldAt)),
                Statement.Times(rows.Select(row => row.ErasedAt))),
            cancel);
        var shown = rows.Where(row => row.State.Status is not ConversationStatus.Erased).Select(row => row.State).ToList();
        await Contents.Index(session, [.. shown.Select(s => s.Id)], [.. shown.Select(s => s.Revision)], cancel);
    }

    /// <inheritdoc/>
    public Task Prune(PipelineSession session, CancellationToken cancel) =>
        session.ExecuteLong(
            new[] { ("conversations", "id"), ("erased_conversations", "id"), ("conversation_search", "conversation_id") }.Select(table => new Statement(
                $"""
                delete from {table.Item1} t
                where t.tenant_id = $1
                  and not exists (
                    select from events.mt_streams s where s.tenant_id = t.tenant_id and s.id = t.{table.Item2} and s.type = 'conversation')
                """,
                session.Tenant)),
            cancel);
}
