using QualityIngest.Database;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Formats.Feeds;

namespace QualityIngest.Domain.Feeds;

/// <summary>What became of the rows that were to be stored: each is counted in one of the four.</summary>
/// <param name="Accepted">Stored as something that this import had not said before.</param>
/// <param name="Duplicate">Said before by this import, in the same words.</param>
/// <param name="Superseded">Stored in the place of what this import said before, in other words.</param>
/// <param name="Refused">Rows that cannot be stored although they are valid by themselves, with located reasons.</param>
public sealed record FeedStored(long Accepted, long Duplicate, long Superseded, IReadOnlyList<RejectedRow> Refused);

/// <summary>A conversation that rows of a feed are about.</summary>
/// <param name="Id">Its stream.</param>
/// <param name="ExternalId">The source's own id.</param>
public sealed record FeedConversation(Guid Id, string ExternalId);

/// <summary>Where the rows of one kind of feed are kept, import by import. Every call is within the caller's transaction.</summary>
public interface IFeedTable
{
    /// <summary>The kind of feed.</summary>
    FeedKind Kind { get; }

    /// <summary>
    /// Stores rows of one file under an import that is not shown yet, set-based. Files come in the order of their ordinals,
    /// rows in the file's order, each exactly once. A file of call recordings comes as one row without values.
    /// </summary>
    Task<FeedStored> Store(PipelineSession session, FeedImport import, BatchFile file, IReadOnlyList<FeedRow> rows, CancellationToken cancel);

    /// <summary>
    /// Makes an import ready to be shown, once its last row is stored, and tells how many rows it holds. Doing it twice is
    /// the same as once.
    /// </summary>
    Task<long> Complete(PipelineSession session, FeedImport import, CancellationToken cancel);

    /// <summary>
    /// The conversations that rows of these imports are about and that may be other than before when the imports are shown or
    /// retired: the next ones behind an id, in the order of their ids.
    /// </summary>
    Task<IReadOnlyList<FeedConversation>> Conversations(
        PipelineSession session, IReadOnlyCollection<Guid> imports, Guid after, int limit, CancellationToken cancel);

    /// <summary>Deletes rows of an import that is not shown, at most so many. False: there are none left.</summary>
    Task<bool> Delete(PipelineSession session, Guid import, int limit, CancellationToken cancel);
}
