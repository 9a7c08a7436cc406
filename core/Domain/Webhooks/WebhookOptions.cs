namespace QualityIngest.Domain.Webhooks;

/// <summary>How messages are delivered to webhook endpoints (<c>limits.md</c>, Webhooks). Section <c>Webhooks</c>.</summary>
public sealed record WebhookOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Webhooks";

    /// <summary>What <see cref="IsValid"/> asks for.</summary>
    public const string Rule =
        "Webhooks: Concurrency is 1 to 256, Endpoints 1 to 1,000, Timeout 100 ms to 60 s, Poll 10 ms to 10 s, Lease at least twice Timeout and three times Poll, "
        + "Jitter 0 to 0.5, DisableAfter positive, Retries at most 50, positive and rising, EndpointsATenant 1 to 10,000.";

    private static readonly TimeSpan[] StandardWaits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <summary>Whether this node delivers. Default: yes.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>How many attempts to one endpoint run at a time. Default 16.</summary>
    public int Concurrency { get; init; } = 16;

    /// <summary>
    /// How many attempts to one endpoint run or wait to be recorded: the most that a crash makes the next node repeat. Those that
    /// are over leave their place to others meanwhile, so that what is slow to record is recorded together.
    /// </summary>
    internal int Open => 4 * Concurrency;

    /// <summary>How many endpoints a node serves at a time. Default 200.</summary>
    public int Endpoints { get; init; } = 200;

    /// <summary>How long an attempt may take, from the connection to the end of the answer. Default 15 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often it is looked for what is due. Default 100 ms.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long an endpoint stays a node's when nothing is heard of the node. Default 60 s.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long after a failed attempt the next one is due, one a retry, at most 50. Default, where there are none: 5 s, 5 m, 30 m,
    /// 2 h, 5 h, 10 h, 14 h, 20 h, 24 h.
    /// </summary>
    public IReadOnlyList<TimeSpan> Retries { get; init; } = [];

    /// <summary>By which share of it a wait is longer or shorter, at random. Default 0.2.</summary>
    public double Jitter { get; init; } = 0.2;

    /// <summary>The longest wait that an answer's Retry-After can ask for. Default 24 h.</summary>
    public TimeSpan LongestRetryAfter { get; init; } = TimeSpan.FromHours(24);

    /// <summary>After how long without a success an endpoint is disabled. Default 5 days.</summary>
    public TimeSpan DisableAfter { get; init; } = TimeSpan.FromDays(5);

    /// <summary>How much of an answer is kept, in bytes. Default 20,000.</summary>
    public int ResponseBytes { get; init; } = 20_000;

    /// <summary>The most bytes of a message: what is larger is linked, not sent. Default 20,000.</summary>
    public int BodyBytes { get; init; } = 20_000;

    /// <summary>How many endpoints a tenant may have. Default 100.</summary>
    public int EndpointsATenant { get; init; } = 100;

    /// <summary>For how long a rotated secret still signs. Default 24 h.</summary>
    public TimeSpan Overlap { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The waits that hold: configuration adds to a list rather than standing in for it, so the default stands apart.</summary>
    internal IReadOnlyList<TimeSpan> Waits => Retries is [] ? StandardWaits : Retries;

    internal bool IsValid =>
        Concurrency is >= 1 and <= 256 && Endpoints is >= 1 and <= 1000
        && Timeout >= TimeSpan.FromMilliseconds(100) && Timeout <= TimeSpan.FromSeconds(60)
        && Poll >= TimeSpan.FromMilliseconds(10) && Poll <= TimeSpan.FromSeconds(10)
        && Lease >= 2 * Timeout && Lease >= 3 * Poll
        && Jitter is >= 0 and <= 0.5 && DisableAfter > TimeSpan.Zero
        && Retries.Count <= 50 && Retries.All(wait => wait > TimeSpan.Zero) && Retries.Zip(Retries.Skip(1)).All(pair => pair.First <= pair.Second)
        && EndpointsATenant is >= 1 and <= 10_000 && Overlap >= TimeSpan.Zero
        && ResponseBytes is >= 0 and <= 1_000_000 && BodyBytes is >= 1_000 and <= 1_000_000;
}
