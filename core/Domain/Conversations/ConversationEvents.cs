namespace QualityIngest.Domain.Conversations;

/// <summary>What a conversation waits for.</summary>
public enum HoldReason
{
    /// <summary>The other side of a mono pair.</summary>
    Counterpart,

    /// <summary>A mapping of its queue id.</summary>
    Queue,

    /// <summary>Its agent.</summary>
    Agent,
}

/// <summary>Which row of which file version a revision comes from; also the order in which revisions win.</summary>
/// <param name="FileId">The file's stream.</param>
/// <param name="Etag">The file's version.</param>
/// <param name="Key">The object's key: the second criterion of the order.</param>
/// <param name="LastModified">The object's time: the first criterion.</param>
/// <param name="Line">The row's line: the last criterion.</param>
public sealed record RowOrigin(Guid FileId, string Etag, string Key, DateTimeOffset LastModified, long Line)
{
    /// <summary>Whether both are the same row of the same file version.</summary>
    public bool IsSameRow(RowOrigin other) => FileId == other.FileId && Etag == other.Etag && Line == other.Line;

    /// <summary>
    /// Whether this row wins over the other: later modified, then the greater key, then the later line. Of one file's versions
    /// that bear the same time (a listing's times may be whole seconds) the one that is read wins: only the newest is.
    /// </summary>
    public bool Supersedes(RowOrigin other) =>
        FileId == other.FileId && Etag != other.Etag
            ? LastModified >= other.LastModified
            : (LastModified, string.CompareOrdinal(Key, other.Key), Line).CompareTo((other.LastModified, 0, other.Line)) >= 0;
}

/// <summary>A conversation arrived: its first revision.</summary>
public sealed record ConversationReceived(
    Guid ConnectorId, string Namespace, int Revision, string ContentHash, RowOrigin Origin,
    Guid? QueueId, Guid? AgentId, IReadOnlyList<string> Warnings);

/// <summary>Other content arrived for a known conversation: the next revision.</summary>
public sealed record ConversationRevised(
    Guid ConnectorId, int Revision, string ContentHash, RowOrigin Origin,
    Guid? QueueId, Guid? AgentId, IReadOnlyList<string> Warnings);

/// <summary>The revision waits for something.</summary>
public sealed record ConversationHeld(int Revision, IReadOnlyList<HoldReason> Reasons);

/// <summary>Nothing is waited for any more.</summary>
public sealed record ConversationReleased(int Revision, Guid? QueueId, Guid? AgentId, IReadOnlyList<string> Warnings);

/// <summary>The revision's transcript was read and normalised.</summary>
public sealed record TranscriptAttached(int Revision, int Utterances, int SkippedPhrases, long Bytes);

/// <summary>The revision is measured and whole.</summary>
public sealed record ConversationCompleted(int Revision, Metrics Metrics, IReadOnlyList<string> Warnings);

/// <summary>The revision's material cannot be read.</summary>
public sealed record ConversationFailed(int Revision, string Code, string Detail, bool Retryable);

/// <summary>Somebody asked for the revision's material to be read again.</summary>
public sealed record ConversationRetried(int Revision);
