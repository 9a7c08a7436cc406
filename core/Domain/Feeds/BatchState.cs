using QualityIngest.Domain.Formats.Feeds;

namespace QualityIngest.Domain.Feeds;

/// <summary>Where a batch stands.</summary>
public enum BatchStatus
{
    /// <summary>No marker has sealed it yet.</summary>
    AwaitingMarker,

    /// <summary>Sealed: it is read, or waits to be. What it showed before is still shown.</summary>
    Importing,

    /// <summary>Read, and not shown: it would shrink its feed by more than half, so somebody has to confirm it.</summary>
    AwaitingConfirmation,

    /// <summary>Shown.</summary>
    Imported,

    /// <summary>Read, and not shown: what is newer covers it.</summary>
    Superseded,

    /// <summary>It cannot be imported. What it showed before is still shown.</summary>
    Failed,
}

/// <summary>A batch as its events tell it.</summary>
public sealed record BatchState
{
    /// <summary>The kind of stream that batches are.</summary>
    public const string StreamType = "batch";

    /// <summary>The stream's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The source whose ledger its files stand in.</summary>
    public Guid SourceId { get; init; }

    /// <summary>The connector that saw it last.</summary>
    public Guid ConnectorId { get; init; }

    /// <summary>The directory's key with its trailing slash; of a file that is a batch of its own, the file's key.</summary>
    public string Path { get; init; } = "";

    /// <summary>The feed's name.</summary>
    public string Feed { get; init; } = "";

    /// <summary>What it holds; null: nobody says yet.</summary>
    public FeedKind? Kind { get; init; }

    /// <summary>How its files are written.</summary>
    public FeedEncoding Encoding { get; init; }

    /// <summary>Whether it replaces everything of its feed.</summary>
    public bool Snapshot { get; init; }

    /// <summary>What a later import of the same partition replaces.</summary>
    public string Partition { get; init; } = "";

    /// <summary>The day that it is about, or up to which a snapshot reaches; null: none is named.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>Where it stands.</summary>
    public BatchStatus Status { get; init; }

    /// <summary>The version of the marker that the status is about.</summary>
    public string? Marker { get; init; }

    /// <summary>When that marker was written.</summary>
    public DateTimeOffset? SealedAt { get; init; }

    /// <summary>The import that the status is about.</summary>
    public Guid? ImportId { get; init; }

    /// <summary>Whether somebody confirmed that this import may shrink its feed.</summary>
    public bool Confirmed { get; init; }

    /// <summary>What the import read.</summary>
    public BatchCounts Counts { get; init; } = new(0, new());

    /// <summary>What the import did to conversations.</summary>
    public FoldCounts Conversations { get; init; } = new();

    /// <summary>Rows that its feed shows without it, where it has to be confirmed.</summary>
    public long? RowsBefore { get; init; }

    /// <summary>Rows that its feed would show with it, where it has to be confirmed.</summary>
    public long? RowsAfter { get; init; }

    /// <summary>Why it failed.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The same for people.</summary>
    public string? ErrorDetail { get; init; }

    /// <summary>Whether a retry can help.</summary>
    public bool Retryable { get; init; }

    /// <summary>The stream's version.</summary>
    public long Version { get; init; }

    /// <summary>The state after one more event.</summary>
    public static BatchState Apply(BatchState state, object @event) => @event switch
    {
        BatchDiscovered e => state.Discovered(e),
        BatchSealed e => state.Begun(e.ImportId) with { ConnectorId = e.ConnectorId, Kind = e.Kind, Marker = e.Marker, SealedAt = e.SealedAt },
        BatchReopened e => state.Begun(e.ImportId),
        BatchConfirmationRequired e => state.Next(BatchStatus.AwaitingConfirmation) with
        {
            Counts = e.Counts,
            RowsBefore = e.RowsBefore,
            RowsAfter = e.RowsAfter,
        },
        BatchConfirmed => state.Next(BatchStatus.Importing) with { Confirmed = true },
        BatchImported e => state.Next(BatchStatus.Imported) with { Counts = e.Counts, Conversations = e.Conversations },
        BatchSuperseded e => state.Next(BatchStatus.Superseded) with { Counts = e.Counts },
        BatchFailed e => state.Next(BatchStatus.Failed) with
        {
            ErrorCode = e.Code,
            ErrorDetail = e.Detail,
            Retryable = e.Retryable,
            Marker = e.Marker ?? state.Marker,
            SealedAt = e.SealedAt ?? state.SealedAt,
        },
        _ => throw new ArgumentException($"A batch does not know {@event.GetType().Name}.", nameof(@event)),
    };

    /// <summary>The state that a whole stream tells, or null where there is none.</summary>
    public static BatchState? Fold(Guid id, IReadOnlyList<object>? events) =>
        events is null or [] ? null : events.Aggregate(new BatchState { Id = id }, Apply);

    private BatchState Discovered(BatchDiscovered e) => Next(BatchStatus.AwaitingMarker) with
    {
        SourceId = e.SourceId,
        ConnectorId = e.ConnectorId,
        Path = e.Path,
        Feed = e.Feed,
        Kind = e.Kind,
        Encoding = e.Encoding,
        Snapshot = e.Snapshot,
        Partition = e.Partition,
        Date = e.Date,
    };

    private BatchState Begun(Guid import) => Next(BatchStatus.Importing) with
    {
        ImportId = import,
        Confirmed = false,
        Counts = new(0, new()),
        Conversations = new(),
        RowsBefore = null,
        RowsAfter = null,
    };

    private BatchState Next(BatchStatus status) =>
        this with { Status = status, ErrorCode = null, ErrorDetail = null, Retryable = false, Version = Version + 1 };
}
