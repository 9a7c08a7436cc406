using Npgsql;

namespace QualityIngest.Domain.Notifications;

/// <summary>What a connector's bucket is told to notify.</summary>
public sealed record NotificationAddressInput
{
    /// <summary>
    /// The SNS topic whose messages are taken, e.g. <c>arn:aws:sns:eu-central-1:123456789012:calls</c>; absent: none, and only
    /// events that come with an API key are taken.
    /// </summary>
    public string? TopicArn { get; init; }
}

/// <summary>Where a connector's bucket sends its notifications, and what to paste so that it does.</summary>
public sealed record NotificationAddress : IVersioned
{
    /// <summary>The connector's id.</summary>
    public required Guid ConnectorId { get; init; }

    /// <summary>The SNS topic whose messages are taken; null: none.</summary>
    public string? TopicArn { get; init; }

    /// <summary>The address to paste. It is a secret: null for keys that may not change connectors.</summary>
    public string? Url { get; init; }

    /// <summary>When the topic's subscription was last confirmed.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>When SNS last told that the subscription has ended.</summary>
    public DateTimeOffset? UnsubscribedAt { get; init; }

    /// <summary>When a notification last came, to the minute.</summary>
    public DateTimeOffset? LastReceivedAt { get; init; }

    /// <summary>What to paste into AWS.</summary>
    public required NotificationDocuments Documents { get; init; }

    /// <summary>The connector's version: the ETag.</summary>
    public required long Version { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>An address as it is stored.</summary>
internal sealed record StoredAddress(
    Guid Connector, string Tenant, byte[] TokenHash, byte[] SealedToken, string? TopicArn, DateTimeOffset? ConfirmedAt,
    DateTimeOffset? UnsubscribedAt, DateTimeOffset? LastReceivedAt, DateTimeOffset CreatedAt)
{
    public const string Columns = """
        connector_id, tenant_id, token_hash, sealed_token, topic_arn, confirmed_at, unsubscribed_at, last_received_at,
        created_at
        """;

    /// <summary>The topic that messages must be of; null: none is taken.</summary>
    public TopicArn? Topic => TopicArn is { } text ? Notifications.TopicArn.Parse(text) : null;

    public static StoredAddress Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetString(1),
        row.GetFieldValue<byte[]>(2),
        row.GetFieldValue<byte[]>(3),
        row.IsDBNull(4) ? null : row.GetString(4),
        Time(row, 5),
        Time(row, 6),
        Time(row, 7),
        row.GetFieldValue<DateTimeOffset>(8));

    private static DateTimeOffset? Time(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}
