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
    public IReadOnlyList<(string Table, string Id)> Rows { get; } =
        [("conversations", "id"), ("erased_conversations", "id"), ("conversation_search", "conversation_id")];

    /// <inheritdoc/>
    public async Task Write(PipelineSession session, IReadOnlyList<StreamHistory> streams, CancellationToken cancel)
    {
        var rows = streams.Select(ConversationMoments.Of).ToList();
        var ids = rows.Select(row => row.State.Id).ToArray();
        // Nothing refers to them, so they are written from nothing.
        foreach (var (table, id) in Rows)
            await session.Execute(new Statement($"delete from {table} where tenant_id = $1 and {id} = any($2)", session.Tenant, ids), cancel);
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
}
