using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Formats;

namespace QualityIngest.Domain.Ingest;

/// <summary>The queue and agent that a row gets, and what it has to wait for.</summary>
public sealed record Assignment(Guid? QueueId, Guid? AgentId, IReadOnlyList<HoldReason> Holds, IReadOnlyList<string> Warnings);

/// <summary>The mappings and agents that a batch of rows is set against: a snapshot, taken under share locks.</summary>
/// <param name="Queues">The connector's mapping, by the source's queue id, exactly.</param>
/// <param name="AgentsByEmail">The tenant's agents, by folded e-mail.</param>
/// <param name="DefaultAgentEmail">The connector's default agent, folded.</param>
public sealed record Assignments(
    IReadOnlyDictionary<string, Guid> Queues, IReadOnlyDictionary<string, Guid> AgentsByEmail, string? DefaultAgentEmail)
{
    /// <summary>The warning that the connector's default agent stands in for an unknown one.</summary>
    public const string AgentDefaulted = "agent_defaulted";

    /// <summary>Assigns a row, or says what it waits for (<c>formats.md</c>, quality-csv: queueId, agentEmail).</summary>
    public Assignment Assign(ParsedConversation row)
    {
        var holds = new List<HoldReason>(2);
        var warnings = row.Warnings;

        Guid? queue = null;
        if (row.QueueId is { } queueId)
        {
            if (Queues.TryGetValue(queueId, out var mapped))
                queue = mapped;
            else
                holds.Add(HoldReason.Queue);
        }

        Guid? agent = null;
        if (row.AgentEmail is { } email && AgentsByEmail.TryGetValue(email, out var known))
        {
            agent = known;
        }
        else if (DefaultAgentEmail is { } standIn && AgentsByEmail.TryGetValue(standIn, out var @default))
        {
            agent = @default;
            warnings = [.. warnings, AgentDefaulted];
        }
        else
        {
            holds.Add(HoldReason.Agent);
        }

        return new(queue, agent, holds, warnings);
    }
}
