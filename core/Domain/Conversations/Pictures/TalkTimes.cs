namespace QualityIngest.Domain.Conversations.Pictures;

/// <summary>How the time of a recording is shared, in milliseconds, and whether that is known.</summary>
internal sealed record TalkTimes(long DurationMs, long AgentMs, long CustomerMs, long BothMs, bool PartiesKnown)
{
    public static TalkTimes Of(Waveform waveform) =>
        new(waveform.DurationMs, Total(waveform.Agent.Speech), Total(waveform.Customer.Speech), Total(waveform.Overtalk), waveform.PartiesKnown);

    public string DurationText => TimeText.Length(DurationMs);

    public string AgentText => Known(AgentMs);

    public string CustomerText => Known(CustomerMs);

    public string BothText => Known(BothMs);

    /// <summary>The same for who cannot see the picture.</summary>
    public string Sentence => !PartiesKnown
        ? $"A call of {DurationText}. Both channels hold the same sound, so that who speaks is not known."
        : $"A call of {DurationText}. The agent, above, speaks for {AgentText}; the customer, below, for {CustomerText}; "
        + $"both at once for {BothText}, nobody for {TimeText.Length(Math.Max(0, DurationMs - AgentMs - CustomerMs + BothMs))}.";

    private string Known(long ms) => PartiesKnown ? TimeText.Length(ms) : "not known";

    private static long Total(IReadOnlyList<Interval> intervals) => intervals.Sum(interval => interval.ToMs - interval.FromMs);
}
