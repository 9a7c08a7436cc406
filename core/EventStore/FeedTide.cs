namespace QualityIngest.EventStore;

/// <summary>
/// What the feed has learnt about finality, over all its readers.
/// <para>
/// An append takes its transaction id before its first number. So whoever reads the last drawn number and then takes a
/// transaction id of its own, the mark, knows that every number up to there belongs to a transaction with a smaller id;
/// and once no smaller id is running (a snapshot's xmin has reached the mark), all of them are final, for ever.
/// </para>
/// <para>
/// The snapshot's xmax is no such mark: it is one past the highest transaction that has <em>ended</em>, so a writer
/// that runs may itself have that id, and its events would be passed over.
/// </para>
/// </summary>
internal sealed class FeedTide
{
    private readonly Lock _gate = new();
    private long _final;
    private (long Drawn, ulong Mark)? _waiting;

    /// <summary>Everything up to this number is final.</summary>
    public long Final
    {
        get
        {
            lock (_gate)
                return _final;
        }
    }

    /// <summary>Takes in one look at the database.</summary>
    /// <param name="known">What was final before the look.</param>
    /// <param name="drawn">The last number drawn, read first.</param>
    /// <param name="mark">A transaction id taken after that; null when nothing was drawn beyond what is final.</param>
    /// <param name="oldest">The oldest transaction id that was running after that.</param>
    public Watermark Seen(long known, long drawn, ulong? mark, ulong oldest)
    {
        lock (_gate)
        {
            // Another history than the one this feed knows: a restored or emptied database.
            if (drawn < known)
                (_final, _waiting) = (0, null);

            if (_waiting is { } waiting && waiting.Mark <= oldest)
            {
                _final = Math.Max(_final, waiting.Drawn);
                _waiting = null;
            }

            if (mark is { } taken && taken <= oldest)
                _final = Math.Max(_final, drawn);
            else if (mark is { } later)
                _waiting ??= (drawn, later);
            return new Watermark(_final, Math.Max(drawn, _final));
        }
    }
}
