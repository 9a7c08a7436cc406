namespace QualityIngest.Domain.Files;

/// <summary>A source showed an object for the first time.</summary>
public sealed record FileDiscovered(Guid SourceId, Guid ConnectorId, string Key, string Etag, long Size, DateTimeOffset LastModified);

/// <summary>The object has a new ETag, or came back: it is processed again.</summary>
public sealed record FileChanged(Guid ConnectorId, string Etag, long Size, DateTimeOffset LastModified);

/// <summary>The day's quota does not hold this version, or an older one: it waits for the next UTC day.</summary>
public sealed record FileDeferred(string Etag, DateTimeOffset Until);

/// <summary>A worker began to read this version.</summary>
public sealed record FileStarted(string Etag);

/// <summary>This version belongs to a batch, and waits for the marker that seals it.</summary>
public sealed record FileAwaitingMarker(string Etag, Guid BatchId);

/// <summary>This version is nothing to ingest: <c>test_file</c>, <c>empty_file</c>.</summary>
/// <param name="Etag">The version.</param>
/// <param name="Code">Why, as a stable word.</param>
/// <param name="Detail">The same for people, where the code does not tell all.</param>
/// <param name="BatchId">The batch that it belongs to, or whose marker it is; null: none.</param>
public sealed record FileSkipped(string Etag, string Code, string? Detail = null, Guid? BatchId = null);

/// <summary>This version was read to its end.</summary>
public sealed record FileIngested(string Etag, FileCounts Counts);

/// <summary>This version cannot be read, or not beyond the rows counted.</summary>
public sealed record FileFailed(string Etag, string Code, string Detail, bool Retryable, FileCounts Counts);

/// <summary>Somebody asked for this version to be read again.</summary>
public sealed record FileRetried(string Etag);

/// <summary>The object is gone from the bucket. What came of it stays.</summary>
public sealed record FileRemoved;

/// <summary>
/// What became of the rows of one file version:
/// <c>rowsRead = accepted + held + duplicate + superseded + erased + rejected</c>.
/// </summary>
/// <param name="RowsRead">How many rows were read.</param>
/// <param name="Accepted">Those that are stored, or were stored by this version before.</param>
/// <param name="Held">Those that are stored and wait for a fact: a counterpart, a queue or an agent.</param>
/// <param name="Duplicate">Those that say what was accepted from elsewhere.</param>
/// <param name="Superseded">Those that something later has replaced already.</param>
/// <param name="Erased">Those whose conversation was erased: they are not stored.</param>
/// <param name="Rejected">Those that were refused, each with its faults.</param>
public sealed record FileCounts(
    long RowsRead = 0, long Accepted = 0, long Held = 0, long Duplicate = 0, long Superseded = 0, long Erased = 0, long Rejected = 0)
{
    /// <summary>Both together.</summary>
    public static FileCounts operator +(FileCounts left, FileCounts right) => new(
        left.RowsRead + right.RowsRead, left.Accepted + right.Accepted, left.Held + right.Held, left.Duplicate + right.Duplicate,
        left.Superseded + right.Superseded, left.Erased + right.Erased, left.Rejected + right.Rejected);

    /// <summary>These counts with one more row.</summary>
    public FileCounts With(RowOutcome outcome) => outcome switch
    {
        RowOutcome.Accepted => this with { RowsRead = RowsRead + 1, Accepted = Accepted + 1 },
        RowOutcome.Held => this with { RowsRead = RowsRead + 1, Held = Held + 1 },
        RowOutcome.Duplicate => this with { RowsRead = RowsRead + 1, Duplicate = Duplicate + 1 },
        RowOutcome.Superseded => this with { RowsRead = RowsRead + 1, Superseded = Superseded + 1 },
        RowOutcome.Erased => this with { RowsRead = RowsRead + 1, Erased = Erased + 1 },
        RowOutcome.Rejected => this with { RowsRead = RowsRead + 1, Rejected = Rejected + 1 },
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };
}

/// <summary>What became of one row.</summary>
public enum RowOutcome
{
    /// <summary>It is stored, or this file version had stored it before.</summary>
    Accepted,

    /// <summary>It is stored and waits for a mapping, an agent or its counterpart.</summary>
    Held,

    /// <summary>The same content came from elsewhere before.</summary>
    Duplicate,

    /// <summary>A later version of the conversation is already stored.</summary>
    Superseded,

    /// <summary>The conversation was erased and stays so.</summary>
    Erased,

    /// <summary>It is refused, with located reasons.</summary>
    Rejected,
}
