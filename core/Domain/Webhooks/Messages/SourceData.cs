using QualityIngest.Domain.Feeds;
using QualityIngest.Domain.Files;

namespace QualityIngest.Domain.Webhooks.Messages;

/// <summary>What happened to a file.</summary>
/// <param name="FileId">The file's id.</param>
/// <param name="Key">The object's key.</param>
/// <param name="Etag">The version that it happened to.</param>
public sealed record FileData(string? Url, Guid? ConnectorId, long Version, Guid FileId, string? Key, string Etag)
    : EventData(Url, ConnectorId, Version)
{
    /// <summary>What became of its rows (<c>file.ingested</c>, <c>file.failed</c>).</summary>
    public FileCounts? Counts { get; init; }

    /// <summary>Until when it waits (<c>file.deferred</c>).</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Why it failed, as a stable word (<c>file.failed</c>).</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The same for people.</summary>
    public string? ErrorDetail { get; init; }

    /// <summary>Whether a retry can help.</summary>
    public bool? Retryable { get; init; }
}

/// <summary>How a scan ended.</summary>
/// <param name="ScanId">The scan's id.</param>
public sealed record ScanData(string? Url, Guid? ConnectorId, long Version, Guid ScanId) : EventData(Url, ConnectorId, Version)
{
    /// <summary>Objects listed (<c>scan.completed</c>).</summary>
    public long? Listed { get; init; }

    /// <summary>Files seen for the first time.</summary>
    public long? Discovered { get; init; }

    /// <summary>Files with a new ETag.</summary>
    public long? Changed { get; init; }

    /// <summary>Files gone from the bucket.</summary>
    public long? Removed { get; init; }

    /// <summary>Why it failed, as a stable word (<c>scan.failed</c>).</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The same for people.</summary>
    public string? ErrorDetail { get; init; }
}

/// <summary>How a batch's import ended.</summary>
/// <param name="BatchId">The batch's id.</param>
/// <param name="Path">The batch's directory in the bucket.</param>
public sealed record BatchData(string? Url, Guid? ConnectorId, long Version, Guid BatchId, string? Path) : EventData(Url, ConnectorId, Version)
{
    /// <summary>The import; null: it did not come to one.</summary>
    public Guid? ImportId { get; init; }

    /// <summary>What was read (<c>batch.imported</c>).</summary>
    public BatchCounts? Counts { get; init; }

    /// <summary>What that did to conversations (<c>batch.imported</c>).</summary>
    public FoldCounts? Conversations { get; init; }

    /// <summary>Why it failed, as a stable word (<c>batch.failed</c>).</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The same for people.</summary>
    public string? ErrorDetail { get; init; }

    /// <summary>Whether a retry can help.</summary>
    public bool? Retryable { get; init; }
}

/// <summary>What happened to a connector.</summary>
public sealed record ConnectorData(string? Url, Guid? ConnectorId, long Version) : EventData(Url, ConnectorId, Version)
{
    /// <summary>Why, as a stable word (<c>connector.suspended</c>, <c>connector.test_failed</c>).</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The same for people.</summary>
    public string? ErrorDetail { get; init; }

    /// <summary>When a scan of it last reached its end (<c>connector.stale</c>).</summary>
    public DateTimeOffset? LastDiscoveryAt { get; init; }
}

/// <summary>What happened to a webhook endpoint.</summary>
/// <param name="EndpointId">The endpoint's id.</param>
public sealed record EndpointData(string? Url, Guid? ConnectorId, long Version, Guid EndpointId) : EventData(Url, ConnectorId, Version)
{
    /// <summary>Why it was disabled, as a stable word (<c>endpoint.disabled</c>).</summary>
    public string? Code { get; init; }

    /// <summary>The same for people.</summary>
    public string? Detail { get; init; }
}
