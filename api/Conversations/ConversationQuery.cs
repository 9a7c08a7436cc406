using QualityIngest.Api.Http;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Formats;

namespace QualityIngest.Api.Conversations;

/// <summary>The filters of a list or an export of conversations.</summary>
/// <param name="ConnectorId">Only those that this connector brought.</param>
/// <param name="FileId">Only those whose current revision stands in this file.</param>
/// <param name="QueueId">Only those of this queue.</param>
/// <param name="AgentId">Only those of this agent.</param>
/// <param name="Channel">Only those of this channel.</param>
/// <param name="Status">Only those that stand here; absent: all but the withdrawn.</param>
/// <param name="ExternalId">Only those that the source calls so.</param>
/// <param name="ErrorCode">Only those that failed with this code.</param>
/// <param name="ExternalAgentId">Only those whose agent the source calls so.</param>
/// <param name="IsResolved">Only those whose matter was settled, or was not, as far as their source tells.</param>
/// <param name="CsatMin">Only those with this score or a higher one.</param>
/// <param name="CsatMax">Only those with this score or a lower one.</param>
/// <param name="From">Only those that began at this time or later.</param>
/// <param name="To">Only those that began before this time.</param>
public sealed record ConversationQuery(
    Guid? ConnectorId, Guid? FileId, Guid? QueueId, Guid? AgentId, Word<Channel>? Channel, Word<ConversationStatus>? Status,
    string? ExternalId, string? ErrorCode, string? ExternalAgentId, bool? IsResolved, double? CsatMin, double? CsatMax,
    Timestamp? From, Timestamp? To)
{
    internal ConversationFilter Filter => new()
    {
        ConnectorId = ConnectorId,
        FileId = FileId,
        QueueId = QueueId,
        AgentId = AgentId,
        Channel = Channel?.Value,
        Status = Status?.Value,
        ExternalId = ExternalId,
        ErrorCode = ErrorCode,
        ExternalAgentId = ExternalAgentId,
        IsResolved = IsResolved,
        CsatMin = CsatMin,
        CsatMax = CsatMax,
        From = From?.Value,
        To = To?.Value,
    };
}
