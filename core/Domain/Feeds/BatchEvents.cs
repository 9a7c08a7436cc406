using QualityIngest.Domain.Files;
using QualityIngest.Domain.Formats.Feeds;

namespace QualityIngest.Domain.Feeds;

/// <summary>A directory of a feed was seen for the first time.</summary>
/// <param name="Path">The directory's key, with its trailing slash; of a file that is a batch of its own, the file's key.</param>
/// <param name="Kind">What it holds; null: nobody says yet.</param>
public sealed record BatchDiscovered(
    Guid SourceId, Guid ConnectorId, string Path, string Feed, FeedKind? Kind, FeedEncoding Encoding, bool Snapshot, string Partition, DateOnly? Date);

/// <summary>A marker sealed the directory: what lies in it up to the marker's time is imported.</summary>
public sealed record BatchSealed(Guid ConnectorId, FeedKind Kind, Guid ImportId, string Marker, DateTimeOffset SealedAt);

/// <summary>Somebody asked for the sealed batch to be imported again.</summary>
public sealed record BatchReopened(Guid ImportId);

/// <summary>The snapshot would shrink its feed by more than half: somebody has to confirm it.</summary>
/// <param name="RowsBefore">Rows that the feed shows now.</param>
/// <param name="RowsAfter">Rows that it would show.</param>
public sealed record BatchConfirmationRequired(Guid ImportId, BatchCounts Counts, long RowsBefore, long RowsAfter);

/// <summary>Somebody confirmed it.</summary>
public sealed record BatchConfirmed(Guid ImportId);

/// <summary>The batch is shown.</summary>
public sealed record BatchImported(Guid ImportId, BatchCounts Counts, FoldCounts Conversations);

/// <summary>The batch is not shown, or no more: a newer snapshot covers it, or a newer batch fills its partition.</summary>
public sealed record BatchSuperseded(Guid ImportId, BatchCounts Counts);

/// <summary>The batch cannot be imported; what it showed before is still shown.</summary>
/// <param name="ImportId">The import that failed; null: it did not begin.</param>
/// <param name="Code">Why, as a stable word.</param>
/// <param name="Detail">The same for people; it names the file where it is one file's fault.</param>
/// <param name="Retryable">Whether a retry can help.</param>
/// <param name="Marker">The version of the marker, where the import did not begin.</param>
/// <param name="SealedAt">When that marker was written.</param>
public sealed record BatchFailed(
    Guid? ImportId, string Code, string Detail, bool Retryable, string? Marker = null, DateTimeOffset? SealedAt = null);

/// <summary>What one import read: the sum over its files.</summary>
/// <param name="Files">How many files were read.</param>
/// <param name="Rows">What became of their rows.</param>
public sealed record BatchCounts(long Files, FileCounts Rows);

/// <summary>What an import did to conversations.</summary>
/// <param name="Received">How many it brought.</param>
/// <param name="Revised">How many it changed.</param>
/// <param name="Unchanged">How many say the same as before.</param>
/// <param name="Withdrawn">How many nothing tells of any more.</param>
/// <param name="Restored">How many withdrawn ones are told of again, as they were.</param>
public sealed record FoldCounts(long Received = 0, long Revised = 0, long Unchanged = 0, long Withdrawn = 0, long Restored = 0)
{
    /// <summary>Both together.</summary>
    public static FoldCounts operator +(FoldCounts left, FoldCounts right) => new(
        left.Received + right.Received, left.Revised + right.Revised, left.Unchanged + right.Unchanged,
        left.Withdrawn + right.Withdrawn, left.Restored + right.Restored);
}
