namespace QualityIngest.Domain.Conversations.Pictures;

/// <summary>How the time of a recording is shared, in milliseconds.</summary>
internal sealed record TalkTimes(long DurationMs, long AgentMs, long CustomerMs, long BothMs)
{
    public static TalkTimes Of(Waveform waveform) =>
        new(waveform.DurationMs, Total(waveform.Agent.Speech), Total(waveform.Customer.Speech), Total(waveform.Overtalk));

    public string DurationText => TimeText.Length(DurationMs);

    public string AgentText => TimeText.Length(AgentMs);

    public string CustomerText => TimeText.Length(CustomerMs);

    public string BothText => TimeText.Length(BothMs);

    /// <summary>The same for who cannot see the picture.</summary>
    public string Sentence =>
        $"A call of {DurationText}. The agent, above, speaks for {AgentText}; the customer, below, for {CustomerText}; "
        + $"both at once for {BothText}, nobody for {TimeText.Length(Math.Max(0, DurationMs - AgentMs - CustomerMs + BothMs))}.";

    private static long Total(IReadOnlyList<Interval> intervals) => intervals.Sum(interval => interval.ToMs - interval.FromMs);
}
