using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Formats;

namespace QualityIngest.Domain.Ingest;

/// <summary>The queue and agent that a row gets, and what it has to wait for.</summary>
public sealed record Assignment(Guid? QueueId, Guid? AgentId, IReadOnlyList<HoldReason> Holds, IReadOnlyList<string> Warnings);

/// <summary>The mappings and agents that a batch of rows is set against: a snapshot, taken under share locks.</summary>
/// <param name="Queues">The connector's mapping, by the source's queue id, exactly.</param>
/// <param name="AgentsByEmail">The tenant's agents, by folded e-mail.</param>
/// <param name="AgentsByExternalId">The tenant's agents, by the source's own id, exactly.</param>
/// <param name="DefaultAgentEmail">The connector's default agent, folded.</param>
/// <param name="DefaultQueue">The queue of rows that name none.</param>
public sealed record Assignments(
    IReadOnlyDictionary<string, Guid> Queues, IReadOnlyDictionary<string, Guid> AgentsByEmail,
    IReadOnlyDictionary<string, Guid> AgentsByExternalId, string? DefaultAgentEmail, Guid? DefaultQueue)
{
    /// <summary>The warning that the connector's default agent stands in for an unknown one.</summary>
    public const string AgentDefaulted = "agent_defaulted";

    /// <summary>Assigns a row, or says what it waits for (<c>formats.md</c>: queueId, agentEmail, agent_id).</summary>
    public Assignment Assign(ParsedConversation row)
    {
        var holds = new List<HoldReason>(2);
        var warnings = row.Warnings;

        var queue = DefaultQueue;
        if (row.QueueId is { } queueId)
        {
            queue = null;
            if (Queues.TryGetValue(queueId, out var mapped))
                queue = mapped;
            else
                holds.Add(HoldReason.Queue);
        }

        var agent = Known(row);
        if (agent is null && DefaultAgentEmail is { } standIn && AgentsByEmail.TryGetValue(standIn, out var @default))
        {
            agent = @default;
            warnings = [.. warnings, AgentDefaulted];
        }
        else if (agent is null)
        {
            holds.Add(HoldReason.Agent);
        }

        return new(queue, agent, holds, warnings);
    }

    /// <summary>The e-mail address that a source's own id of an agent is, folded; null where it is none.</summary>
    internal static string? AsEmail(string? agentId) =>
        agentId is not null && EmailAddress.TryFold(agentId, out var email) ? email : null;

    /// <summary>The agent that the row names: by e-mail where it gives one, else by the source's own id, which may be an e-mail.</summary>
    private Guid? Known(ParsedConversation row) =>
        row.AgentEmail is { } email ? Of(AgentsByEmail, email)
        : row.AgentId is not { } id ? null
        : Of(AgentsByExternalId, id) ?? (AsEmail(id) is { } address ? Of(AgentsByEmail, address) : null);

    private static Guid? Of(IReadOnlyDictionary<string, Guid> agents, string key) => agents.TryGetValue(key, out var id) ? id : null;
}
