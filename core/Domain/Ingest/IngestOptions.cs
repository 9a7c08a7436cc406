namespace QualityIngest.Domain.Ingest;

/// <summary>How the pipeline works. Section <c>Ingest</c>.</summary>
public sealed record IngestOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Ingest";

    /// <summary>What <see cref="IsValid"/> asks for.</summary>
    public const string Rule =
        "Ingest: every number must be at least 1, every time positive but for RefreshCooldown, which may be nothing, ListingPage at most 1,000, "
        + "ProbeMax not below ProbeFirst, and FetchedBytes at least four times RecordedBytes.";

    /// <summary>Whether this node does work; false: it serves the API alone. Default true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>How long a worker waits when there is nothing to do. Default 200 ms.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Rows a transaction. Default 500.</summary>
    public int BatchRows { get; init; } = 500;

    /// <summary>Bytes, as files have them, after which a transaction takes no more rows that bring their own words. Default 4 MiB.</summary>
    public long BatchBytes { get; init; } = 4L * 1024 * 1024;

    /// <summary>Scans at a time on this node. Default 2.</summary>
    public int Scans { get; init; } = 2;

    /// <summary>Objects that notifications named, looked at and recorded a transaction. Default 64.</summary>
    public int NoticeBatch { get; init; } = 64;

    /// <summary>Batches of such objects looked at at a time on this node. Default 2.</summary>
    public int NoticeBatches { get; init; } = 2;

    /// <summary>Files at a time on this node. Default 2.</summary>
    public int Files { get; init; } = 2;

    /// <summary>Batches of feeds at a time on this node. Default 2.</summary>
    public int Batches { get; init; } = 2;

    /// <summary>Rows of a feed stored a transaction. Default 5,000.</summary>
    public int FeedRows { get; init; } = 5_000;

    /// <summary>Bytes, about, after which such a transaction takes no more rows. Default 8 MiB.</summary>
    public long FeedBytes { get; init; } = 8L * 1024 * 1024;

    /// <summary>Conversations of a feed folded at a time. Default 500.</summary>
    public int FoldPage { get; init; } = 500;

    /// <summary>How often rows that are no longer shown are looked for, to be deleted. Default 1 min.</summary>
    public TimeSpan FeedSweep { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Such rows deleted a transaction. Default 10,000.</summary>
    public int FeedSweepRows { get; init; } = 10_000;

    /// <summary>Conversations resolved a transaction. Default 64.</summary>
    public int ResolveBatch { get; init; } = 64;

    /// <summary>Batches of conversations in work at a time on this node. Default 2.</summary>
    public int ResolveBatches { get; init; } = 2;

    /// <summary>Conversations with recordings measured a transaction. Default 4.</summary>
    public int MeasureBatch { get; init; } = 4;

    /// <summary>Batches of them in work at a time on this node. Default 2.</summary>
    public int MeasureBatches { get; init; } = 2;

    /// <summary>Bytes of disk that recordings take on this node while they are measured; a larger one waits until it is alone. Default 256 MiB.</summary>
    public long SpooledBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>Objects fetched at a time by one batch. Default 8.</summary>
    public int Fetches { get; init; } = 8;

    /// <summary>Bytes of fetched objects that this node holds at a time; a larger object waits until it is alone. Default 64 MiB.</summary>
    public long FetchedBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>Bytes of transcripts after which a batch is recorded before its end. Default 8 MiB, well below <see cref="FetchedBytes"/>.</summary>
    public long RecordedBytes { get; init; } = 8L * 1024 * 1024;

    /// <summary>Keys a listing page. Default 1,000, which is also S3's most.</summary>
    public int ListingPage { get; init; } = 1_000;

    /// <summary>How long after its suspension a connector is first probed; doubles up to <see cref="ProbeMax"/>. Default 30 s.</summary>
    public TimeSpan ProbeFirst { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest time between two probes. Default 15 min.</summary>
    public TimeSpan ProbeMax { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a connector cannot be refreshed by hand again. Default 60 s (<c>limits.md</c>, Input).</summary>
    public TimeSpan RefreshCooldown { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often everything that is held is looked at again, whatever happened. Default 1 h.</summary>
    public TimeSpan ReleaseSweep { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How often it is looked for connectors whose schedule fires and whose scans do not end. Default 1 min.</summary>
    public TimeSpan StaleSweep { get; init; } = TimeSpan.FromMinutes(1);

    internal bool IsValid =>
        BatchRows > 0 && BatchBytes > 0 && Scans > 0 && NoticeBatch > 0 && NoticeBatches > 0 && Files > 0 && Fetches > 0
        && ResolveBatch > 0 && ResolveBatches > 0 && MeasureBatch > 0 && MeasureBatches > 0
        && SpooledBytes > 0 && FetchedBytes >= 4 * RecordedBytes && RecordedBytes > 0
        && ListingPage is > 0 and <= 1_000
        && Poll > TimeSpan.Zero && ProbeFirst > TimeSpan.Zero && ProbeMax >= ProbeFirst && RefreshCooldown >= TimeSpan.Zero
        && Batches > 0 && FeedRows > 0 && FeedBytes > 0 && FoldPage > 0 && FeedSweepRows > 0
        && ReleaseSweep > TimeSpan.Zero && FeedSweep > TimeSpan.Zero && StaleSweep > TimeSpan.Zero;
}
