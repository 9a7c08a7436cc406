using QualityIngest.Database;
using QualityIngest.Domain.Formats;

namespace QualityIngest.Domain.Conversations;

/// <summary>Which conversations a list or an export shows; every member that is set narrows it.</summary>
public sealed record ConversationFilter
{
    /// <summary>Those that a connector brought.</summary>
    public Guid? ConnectorId { get; init; }

    /// <summary>Those whose current revision a file holds.</summary>
    public Guid? FileId { get; init; }

    /// <summary>Those of a queue.</summary>
    public Guid? QueueId { get; init; }

    /// <summary>Those of an agent.</summary>
    public Guid? AgentId { get; init; }

    /// <summary>Those of a channel.</summary>
    public Channel? Channel { get; init; }

    /// <summary>Those of a status; null: all but the withdrawn.</summary>
    public ConversationStatus? Status { get; init; }

    /// <summary>The one, in each namespace, that the source calls so.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Those whose agent the source calls so.</summary>
    public string? ExternalAgentId { get; init; }

    /// <summary>Those whose matter was settled, or not, as far as the source tells.</summary>
    public bool? IsResolved { get; init; }

    /// <summary>Those with this score or a higher one.</summary>
    public double? CsatMin { get; init; }

    /// <summary>Those with this score or a lower one.</summary>
    public double? CsatMax { get; init; }

    /// <summary>Those that failed with this code.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Those that began at this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Those that began before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The page's statement: latest begun first.</summary>
    internal Statement ToStatement(DateTimeOffset? beforeTime, Guid? beforeId, int limit) =>
        new(
            $"""
            select {ConversationRow.Columns} from conversations
            where ($1::uuid is null or connector_id = $1)
              and ($2::uuid is null or file_id = $2)
              and ($3::uuid is null or queue_id = $3)
              and ($4::uuid is null or agent_id = $4)
              and ($5::text is null or channel = $5)
              and case when $6::text is null then status <> 'withdrawn' else status = $6 end
              and ($7::text is null or external_id = $7)
              and ($8::text is null or error_code = $8)
              and ($9::timestamptz is null or started_at >= $9)
              and ($10::timestamptz is null or started_at < $10)
              and ($11::text is null or external_agent_id = $11)
              and ($12::boolean is null or is_resolved = $12)
              and ($13::double precision is null or csat_score >= $13)
              and ($14::double precision is null or csat_score <= $14)
              and ($15::timestamptz is null or (started_at, id) < ($15, $16::uuid))
            order by started_at desc, id desc
            limit $17
            """,
            ConnectorId, FileId, QueueId, AgentId,
            Channel is { } channel ? DomainJson.Word(channel) : null,
            Status is { } status ? DomainJson.Word(status) : null,
            ExternalId, ErrorCode, From?.UtcDateTime, To?.UtcDateTime, ExternalAgentId, IsResolved, CsatMin, CsatMax,
            beforeTime?.UtcDateTime, beforeId, limit);
}
