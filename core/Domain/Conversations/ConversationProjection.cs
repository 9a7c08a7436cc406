using Npgsql;
using QualityIngest.Database;
using QualityIngest.Domain.Conversations.Erasure;
using QualityIngest.EventStore;

namespace QualityIngest.Domain.Conversations;

/// <summary>
/// Keeps the read table <c>conversations</c> in step with the conversation streams, one statement a batch.
/// It is a function of the states and of the contents of the revision they name, which are written first.
/// </summary>
public sealed class ConversationProjection : IInlineProjection
{
    /// <inheritdoc/>
    public string StreamType => ConversationState.StreamType;

    /// <inheritdoc/>
    public Task Project(NpgsqlTransaction tx, string tenant, IReadOnlyList<StreamAppend> appends, CancellationToken cancel) =>
        Write(tx, tenant, appends.Select(a => (ConversationState)a.State!).ToList(), cancel);

    /// <summary>Writes the rows of these states.</summary>
    public static async Task Write(NpgsqlTransaction tx, string tenant, IReadOnlyList<ConversationState> states, CancellationToken cancel)
    {
        List<ConversationState> present = [.. states.Where(s => s.Status is not ConversationStatus.Erased)];
        if (present.Count < states.Count)
            await ErasedRow.Write(tx, tenant, [.. states.Where(s => s.Status is ConversationStatus.Erased)], cancel);
        if (present.Any(s => s.Erasures > 0))
            await ErasedRow.Clear(tx, tenant, [.. present.Where(s => s.Erasures > 0).Select(s => s.Id)], cancel);
        if (present is not [])
            await Present(tx, tenant, present, cancel);
    }

    private static async Task Present(NpgsqlTransaction tx, string tenant, List<ConversationState> states, CancellationToken cancel)
    {
        await using var command = Statement.File<ConversationProjection>(
            "Conversations/ProjectConversations.sql",
            tenant,
            Column(states, s => s.Id),
            Column(states, s => s.ConnectorId),
            Column(states, s => s.Origin.FileId),
            Column(states, s => s.Namespace),
            Column(states, s => s.Revision),
            Column(states, s => DomainJson.Word(s.Status)),
            Column(states, s => s.Holds.Contains(HoldReason.Counterpart)),
            Column(states, s => s.Holds.Contains(HoldReason.Queue)),
            Column(states, s => s.Holds.Contains(HoldReason.Agent)),
            Column(states, s => s.QueueId),
            Column(states, s => s.AgentId),
            Statement.JsonArray(states.Select(s => DomainJson.Write(s.Warnings))),
            Column(states, s => s.ErrorCode),
            Column(states, s => s.ErrorDetail),
            Column(states, s => s.Retryable),
            Statement.JsonArray(states.Select(s => s.Metrics is null ? "{}" : DomainJson.Write(s.Metrics))),
            Column(states, s => s.Version),
            Column(states, s => s.Waited)).ToCommand(tx);
        var written = await command.ExecuteNonQueryAsync(cancel);
        if (written != states.Count)
            throw new InvalidOperationException($"{states.Count - written} of {states.Count} conversations have no contents.");
    }

    private static T[] Column<T>(List<ConversationState> states, Func<ConversationState, T> value) => [.. states.Select(value)];
}
