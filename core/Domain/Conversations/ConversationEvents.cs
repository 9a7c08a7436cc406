using QualityIngest.Domain.Formats;

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
/// <param name="RecordingType">What the source provides; absent: a transcription.</param>
/// <param name="Side">The one side of a mono pair that the row has; absent: the row is whole.</param>
/// <param name="FromFeeds">Whether it is made of all that feeds tell; absent: it is one row's.</param>
public sealed record ConversationReceived(
    Guid ConnectorId, string Namespace, int Revision, string ContentHash, RowOrigin Origin,
    Guid? QueueId, Guid? AgentId, IReadOnlyList<string> Warnings,
    RecordingType? RecordingType = null, MonoSide? Side = null, bool? FromFeeds = null);

/// <summary>Other content arrived for a known conversation: the next revision.</summary>
/// <param name="RecordingType">What the source provides; absent: a transcription.</param>
/// <param name="Side">The one side of a mono pair that the row has; absent: the row is whole.</param>
/// <param name="KeepsCounterpart">Whether the pair's other side stays as it was.</param>
/// <param name="FromFeeds">Whether it is made of all that feeds tell; absent: it is one row's.</param>
public sealed record ConversationRevised(
    Guid ConnectorId, int Revision, string ContentHash, RowOrigin Origin,
    Guid? QueueId, Guid? AgentId, IReadOnlyList<string> Warnings,
    RecordingType? RecordingType = null, MonoSide? Side = null, bool? KeepsCounterpart = null, bool? FromFeeds = null);

/// <summary>The other side of a mono pair arrived: the revision has both now.</summary>
/// <param name="ContentHash">The hash of both sides together.</param>
/// <param name="Side">The side that was waited for.</param>
public sealed record ConversationCounterpartReceived(
    Guid ConnectorId, int Revision, string ContentHash, RowOrigin Origin, MonoSide Side,
    Guid? QueueId, Guid? AgentId, IReadOnlyList<string> Warnings);

/// <summary>The revision waits for something.</summary>
public sealed record ConversationHeld(int Revision, IReadOnlyList<HoldReason> Reasons);

/// <summary>Nothing is waited for any more.</summary>
public sealed record ConversationReleased(int Revision, Guid? QueueId, Guid? AgentId, IReadOnlyList<string> Warnings);

/// <summary>The revision's transcript was read and normalised.</summary>
public sealed record TranscriptAttached(int Revision, int Utterances, int SkippedPhrases, long Bytes);

/// <summary>A recording of the revision was decoded and measured.</summary>
/// <param name="Revision">The revision.</param>
/// <param name="Side">Whose voice it holds.</param>
/// <param name="Container">E.g. <c>wave</c>, <c>mpeg</c>.</param>
/// <param name="Codec">E.g. <c>pcm16</c>, <c>mulaw</c>, <c>mpeg3</c>.</param>
/// <param name="Channels">Channels of sound.</param>
/// <param name="SampleRate">Frames a second.</param>
/// <param name="DurationMs">Its length as decoded.</param>
/// <param name="Bytes">Its stored bytes.</param>
public sealed record RecordingMeasured(
    int Revision, RecordingSide Side, string Container, string Codec, int Channels, int SampleRate, long DurationMs, long Bytes);

/// <summary>The revision is measured and whole.</summary>
/// <param name="TranscriptCode">Why the transcript beside a recording could not be had; absent: it was, or there is none.</param>
/// <param name="TranscriptDetail">The same for people.</param>
/// <param name="RecordingCode">Why the recording beside stored words could not be had; absent: it was, or there is none.</param>
/// <param name="RecordingDetail">The same for people.</param>
public sealed record ConversationCompleted(
    int Revision, Metrics Metrics, IReadOnlyList<string> Warnings, string? TranscriptCode = null, string? TranscriptDetail = null,
    string? RecordingCode = null, string? RecordingDetail = null);

/// <summary>The revision's material cannot be read.</summary>
public sealed record ConversationFailed(int Revision, string Code, string Detail, bool Retryable);

/// <summary>Somebody asked for the revision's material to be read again.</summary>
public sealed record ConversationRetried(int Revision);

/// <summary>No feed tells of the conversation any more: it is hidden, and comes back as soon as one does.</summary>
/// <param name="Revision">The revision that is hidden.</param>
public sealed record ConversationWithdrawn(int Revision);

/// <summary>Feeds tell of the conversation again, in the same words: the revision that was hidden is shown again.</summary>
/// <param name="Revision">The revision.</param>
public sealed record ConversationRestored(int Revision);

/// <summary>
/// Somebody had it erased: what was said, who said it and what it was called is deleted, and what the stream's earlier events
/// told of its content is masked.
/// </summary>
/// <param name="Revision">The last revision that there was.</param>
/// <param name="Name">
/// What its external id stands for where nothing but that is given, so that rows which name it are known; null: another
/// conversation of the namespace bears the same.
/// </param>
public sealed record ConversationErased(int Revision, Guid? Name);

/// <summary>An administrator lets the identity be ingested anew. What was erased stays so.</summary>
/// <param name="Revision">The last revision that there was.</param>
public sealed record ConversationErasureLifted(int Revision);
