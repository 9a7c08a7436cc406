using QualityIngest.EventStore;

namespace QualityIngest.Benchmarks.EventAppend;

/// <summary>What is appended: many new streams, each with the same number of events.</summary>
/// <param name="Name">The heading of its results.</param>
/// <param name="Registry">Its events.</param>
/// <param name="Projections">What the store writes along; bare COPY never does.</param>
/// <param name="Make">The append of the n-th stream with so many events. Called before the clock starts.</param>
/// <param name="Prepare">SQL that runs once, on the new database: what the projections need to find there.</param>
/// <param name="ProjectedTables">What the projections write, with schema; emptied before each round.</param>
public sealed record AppendWorkload(
    string Name,
    EventRegistry Registry,
    IReadOnlyList<IInlineProjection> Projections,
    Func<int, int, StreamAppend> Make,
    string Prepare = "",
    params IReadOnlyList<string> ProjectedTables)
{
    /// <summary>The tenant of every append.</summary>
    public const string Tenant = "benchmark";

    /// <summary>Events of ten members and some 300 bytes, without a projection.</summary>
    public static AppendWorkload Plain { get; } = new(
        "no projection",
        new EventRegistry().Map<CallReceived>("call_received").Map<CallMeasured>("call_measured").Map<CallCompleted>("call_completed"),
        [],
        (n, events) => new StreamAppend(Ids.Of(n), "call", 0, [.. SampleEvents(n).Take(events)]));

    private static IEnumerable<object> SampleEvents(int n)
    {
        var at = new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero).AddSeconds(n);
        yield return new CallReceived(
            1, $"C-{n:D9}", "quality-csv", $"exports/2026/01/05/calls-{n / 1000:D4}.csv", n % 1000, Ids.Hash(n), at, "voice", "queue-17", "agent.seven@example.com");
        yield return new CallMeasured(
            1, 247.36 + (n % 60), 2, 8000, "pcm_s16le", [0.4131, 0.3877], 0.1992, Ids.Hash(n + 1), $"recordings/2026/01/05/{n:D9}.wav", 3_957_804 + n);
        yield return new CallCompleted(
            1, at.AddMinutes(4), 87, new Dictionary<string, double> { ["agent"] = 101.2, ["customer"] = 95.8 }, 12.44, 6, 38.71, 9.05, "en-US", Ids.Hash(n + 2));
    }
}

/// <summary>A row of a file was taken for a call.</summary>
public sealed record CallReceived(
    int Revision, string ExternalId, string Format, string File, int Line, string ContentHash, DateTimeOffset StartedAt, string Channel, string QueueId, string AgentEmail);

/// <summary>A call's recording was measured.</summary>
public sealed record CallMeasured(
    int Revision, double Seconds, int Channels, int SampleRate, string Codec, IReadOnlyList<double> SpeechShare, double Silence, string Hash, string Key, long Bytes);

/// <summary>A call is complete.</summary>
public sealed record CallCompleted(
    int Revision, DateTimeOffset EndedAt, int Utterances, IReadOnlyDictionary<string, double> TalkSeconds, double OvertalkSeconds, int Interruptions, double LongestSilence, double ResponseSeconds, string Language, string TranscriptHash);
