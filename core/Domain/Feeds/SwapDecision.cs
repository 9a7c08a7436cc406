namespace QualityIngest.Domain.Feeds;

/// <summary>An import that its feed shows.</summary>
public sealed record ShownImport(Guid Id, Guid BatchId, string Partition, bool Snapshot, DateOnly Date, DateTimeOffset SealedAt, long Rows);

/// <summary>What becomes of an import that is whole. Pure.</summary>
/// <param name="Shown">Whether it is shown; else what is newer covers it.</param>
/// <param name="Retired">What is no more shown in its place.</param>
/// <param name="RowsBefore">Rows that the feed shows now.</param>
/// <param name="RowsAfter">Rows that it shows then.</param>
public sealed record SwapDecision(bool Shown, IReadOnlyList<ShownImport> Retired, long RowsBefore, long RowsAfter)
{
    /// <summary>Whether it would leave less than half of the rows, which somebody has to confirm where it is a snapshot.</summary>
    public bool Shrinks => RowsAfter * 2 < RowsBefore;

    /// <summary>
    /// Decides among what the feed shows. A snapshot replaces the former one and every increment up to its date, unless the
    /// former reaches further, or was sealed later for the same date. An increment replaces that of its partition, unless
    /// that was sealed later, or a snapshot covers its date.
    /// </summary>
    public static SwapDecision Decide(FeedImport import, long rows, IReadOnlyCollection<ShownImport> shown)
    {
        var before = shown.Sum(s => s.Rows);
        IReadOnlyList<ShownImport> retired = import.Snapshot
            ? [.. shown.Where(s => s.Snapshot || s.Date <= import.Date)]
            : [.. shown.Where(s => !s.Snapshot && s.Partition == import.Partition)];
        return shown.Any(s => Covers(s, import))
            ? new(false, [], before, before)
            : new(true, retired, before, before - retired.Sum(s => s.Rows) + rows);
    }

    private static bool Covers(ShownImport shown, FeedImport import) => (shown.Snapshot, import.Snapshot) switch
    {
        (true, true) => (shown.Date, shown.SealedAt).CompareTo((import.Date, import.SealedAt)) > 0,
        (true, false) => import.Date <= shown.Date,
        (false, false) => shown.Partition == import.Partition && shown.SealedAt > import.SealedAt,
        (false, true) => false,
    };
}
