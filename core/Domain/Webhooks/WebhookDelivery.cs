using Npgsql;
using QualityIngest.Domain.Webhooks.Messages;

namespace QualityIngest.Domain.Webhooks;

/// <summary>Where a message stands.</summary>
public enum DeliveryState
{
    /// <summary>Waiting for its first attempt.</summary>
    Pending,

    /// <summary>Waiting for another attempt.</summary>
    Retrying,

    /// <summary>It arrived.</summary>
    Delivered,

    /// <summary>It did not arrive within its attempts.</summary>
    Failed,
}

/// <summary>One message to one endpoint.</summary>
/// <param name="Id">The delivery's id.</param>
/// <param name="EndpointId">The endpoint that it goes to.</param>
/// <param name="EventId">The event's id: the header <c>webhook-id</c>.</param>
/// <param name="EventType">What happened, as a type of event.</param>
/// <param name="ReplayId">The replay that asked for it; null: the event itself did.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Attempts">Attempts so far.</param>
/// <param name="NextAttemptAt">When the next one is due; null: none is, or at once.</param>
/// <param name="Status">The last answer's status; null: there was none.</param>
/// <param name="ErrorCode">Why it did not arrive the last time, as a stable word.</param>
/// <param name="CreatedAt">When it was written, with its event.</param>
/// <param name="AttemptedAt">When it was last attempted.</param>
/// <param name="DeliveredAt">When it arrived.</param>
public sealed record WebhookDelivery(
    Guid Id, Guid EndpointId, string EventId, string EventType, Guid? ReplayId, DeliveryState State, int Attempts,
    DateTimeOffset? NextAttemptAt, int? Status, string? ErrorCode, DateTimeOffset CreatedAt, DateTimeOffset? AttemptedAt, DateTimeOffset? DeliveredAt)
{
    internal const string Columns =
        "id, endpoint_id, event_id, type, replay_id, state, attempts, next_at, status, error_code, created_at, attempted_at, delivered_at";

    internal static WebhookDelivery Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetGuid(1),
        EventMessages.Id(row.GetGuid(2)),
        row.GetString(3),
        row.IsDBNull(4) ? null : row.GetGuid(4),
        DomainJson.Parse<DeliveryState>(row.GetString(5)),
        row.GetInt32(6),
        Time(row, 7),
        row.IsDBNull(8) ? null : row.GetInt32(8),
        row.IsDBNull(9) ? null : row.GetString(9),
        row.GetFieldValue<DateTimeOffset>(10),
        Time(row, 11),
        Time(row, 12));

    private static DateTimeOffset? Time(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}

/// <summary>One attempt of a delivery.</summary>
/// <param name="Number">Which attempt it is, from 1.</param>
/// <param name="At">When it began.</param>
/// <param name="DurationMs">How long it took, in milliseconds.</param>
/// <param name="Status">The answer's status; null: there was none.</param>
/// <param name="ErrorCode">Why it did not arrive, as a stable word; null: it did.</param>
/// <param name="Response">The beginning of the answer's body, at most 20,000 bytes; null: there was none.</param>
public sealed record DeliveryAttempt(int Number, DateTimeOffset At, int DurationMs, int? Status, string? ErrorCode, string? Response);

/// <summary>A delivery with its latest attempts.</summary>
/// <param name="Delivery">The delivery itself.</param>
/// <param name="Attempts">Its attempts, the latest first, at most 50.</param>
public sealed record WebhookDeliveryDetail(WebhookDelivery Delivery, IReadOnlyList<DeliveryAttempt> Attempts);

/// <summary>Which deliveries a list shows; every member that is set narrows it.</summary>
public sealed record DeliveryFilter
{
    /// <summary>Those to one endpoint.</summary>
    public Guid? EndpointId { get; init; }

    /// <summary>Those about one event, by the id that messages carry.</summary>
    public string? EventId { get; init; }

    /// <summary>Those of a type of event.</summary>
    public string? EventType { get; init; }

    /// <summary>Those in a state.</summary>
    public DeliveryState? State { get; init; }

    /// <summary>Those written at this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Those written before this time.</summary>
    public DateTimeOffset? To { get; init; }
}
