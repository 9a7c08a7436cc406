namespace QualityIngest.Domain.Files;

/// <summary>Where a file stands.</summary>
public enum FileStatus
{
    /// <summary>Seen, waiting for a worker.</summary>
    Discovered,

    /// <summary>Being read.</summary>
    Processing,

    /// <summary>Read to its end, no row refused.</summary>
    Ingested,

    /// <summary>Read to its end, some rows refused.</summary>
    PartiallyIngested,

    /// <summary>Not readable, or not beyond the rows counted; the error says why and what to do.</summary>
    Failed,

    /// <summary>Nothing to ingest.</summary>
    Skipped,

    /// <summary>Waiting for the next UTC day's quota.</summary>
    Deferred,

    /// <summary>Waiting for the marker that seals its batch.</summary>
    AwaitingMarker,
}

/// <summary>A file as its events tell it.</summary>
public sealed record FileState
{
    /// <summary>The kind of stream that files are.</summary>
    public const string StreamType = "file";

    /// <summary>The stream's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The source whose ledger it stands in.</summary>
    public Guid SourceId { get; init; }

    /// <summary>The connector that saw this version.</summary>
    public Guid ConnectorId { get; init; }

    /// <summary>The object's key, exactly as the bucket has it.</summary>
    public string Key { get; init; } = "";

    /// <summary>The version's ETag, without quotes.</summary>
    public string Etag { get; init; } = "";

    /// <summary>Stored bytes.</summary>
    public long Size { get; init; }

    /// <summary>When the bucket says it was last modified.</summary>
    public DateTimeOffset LastModified { get; init; }

    /// <summary>Where it stands.</summary>
    public FileStatus Status { get; init; }

    /// <summary>Whether it is gone from the bucket.</summary>
    public bool Removed { get; init; }

    /// <summary>Why it failed or was skipped.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The same for people.</summary>
    public string? ErrorDetail { get; init; }

    /// <summary>Whether a retry can help.</summary>
    public bool Retryable { get; init; }

    /// <summary>The version that was last begun to be read: a version is charged to the day's usage once.</summary>
    public string? StartedEtag { get; init; }

    /// <summary>The batch that it belongs to; null: it is read by itself.</summary>
    public Guid? BatchId { get; init; }

    /// <summary>What became of its rows.</summary>
    public FileCounts Counts { get; init; } = new();

    /// <summary>The stream's version.</summary>
    public long Version { get; init; }

    /// <summary>The state after one more event.</summary>
    public static FileState Apply(FileState state, object @event) => @event switch
    {
        FileDiscovered e => state.Seen(e.ConnectorId, e.Etag, e.Size, e.LastModified) with { SourceId = e.SourceId, Key = e.Key },
        FileChanged e => state.Seen(e.ConnectorId, e.Etag, e.Size, e.LastModified),
        FileDeferred => state.Next(FileStatus.Deferred),
        FileStarted e => state.Next(FileStatus.Processing) with { Counts = new(), StartedEtag = e.Etag },
        FileAwaitingMarker e => state.Next(FileStatus.AwaitingMarker) with { BatchId = e.BatchId },
        FileSkipped e => state.Next(FileStatus.Skipped, e.Code, e.Detail) with { BatchId = e.BatchId },
        FileIngested e => state.Next(e.Counts.Rejected > 0 ? FileStatus.PartiallyIngested : FileStatus.Ingested) with { Counts = e.Counts },
        FileFailed e => state.Next(FileStatus.Failed, e.Code, e.Detail, e.Retryable) with { Counts = e.Counts },
        FileRetried => state.Next(FileStatus.Discovered),
        FileRemoved => state with { Removed = true, Version = state.Version + 1 },
        _ => throw new ArgumentException($"A file does not know {@event.GetType().Name}.", nameof(@event)),
    };

    /// <summary>The state that a whole stream tells, or null where there is none.</summary>
    public static FileState? Fold(Guid id, IReadOnlyList<object>? events) =>
        events is null or [] ? null : events.Aggregate(new FileState { Id = id }, Apply);

    private FileState Seen(Guid connector, string etag, long size, DateTimeOffset lastModified) =>
        Next(FileStatus.Discovered) with
        {
            ConnectorId = connector,
            Etag = etag,
            Size = size,
            LastModified = lastModified,
            Removed = false,
            BatchId = null,
            Counts = new(),
        };

    private FileState Next(FileStatus status, string? code = null, string? detail = null, bool retryable = false) =>
        this with { Status = status, ErrorCode = code, ErrorDetail = detail, Retryable = retryable, Version = Version + 1 };
}
