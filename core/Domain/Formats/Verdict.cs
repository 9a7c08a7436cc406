using QualityIngest.Domain.Feeds;
using QualityIngest.Domain.Formats.Feeds;

namespace QualityIngest.Domain.Formats;

/// <summary>An object that a listing has shown, as a format judges it.</summary>
/// <param name="Key">Its key relative to the connector's path.</param>
/// <param name="Size">Its stored bytes.</param>
/// <param name="Feeds">How the connector reads feeds; null: as one that says nothing about it.</param>
public sealed record ObjectSeen(string Key, long Size, FeedSettings? Feeds = null);

/// <summary>What an object is to the connector that saw it.</summary>
public abstract record Verdict
{
    private Verdict()
    {
    }

    /// <summary>A file to ingest by itself.</summary>
    public sealed record Read : Verdict;

    /// <summary>A file in which there is nothing to ingest.</summary>
    /// <param name="Code">Why, as a stable word.</param>
    /// <param name="Detail">The same for people, where the code does not tell all.</param>
    public sealed record Skip(string Code, string? Detail = null) : Verdict;

    /// <summary>A file of a batch: it waits for what seals that.</summary>
    /// <param name="Batch">The batch.</param>
    public sealed record Await(FeedDirectory Batch) : Verdict;

    /// <summary>A batch's marker.</summary>
    /// <param name="Batch">The batch.</param>
    /// <param name="Empty">Whether it seals: one that is not empty seals nothing.</param>
    public sealed record Seal(FeedDirectory Batch, bool Empty) : Verdict
    {
        /// <summary>The code of a marker that seals its batch.</summary>
        public const string Sealing = "batch_marker";

        /// <summary>The code of one that does not.</summary>
        public const string NotEmpty = "marker_not_empty";

        /// <summary>The code that its file is skipped with.</summary>
        public string Code => Empty ? Sealing : NotEmpty;
    }
}
