namespace QualityIngest.Domain.Conversations;

/// <summary>
/// The numbers that every completed conversation has, null where the source cannot tell.
/// Each is defined in <c>docs/measurements.md</c> and computed in <c>Measures</c> alone.
/// </summary>
public sealed record Metrics
{
    /// <summary>End minus start, in milliseconds.</summary>
    public long DurationMs { get; init; }

    /// <summary>Utterances of every role.</summary>
    public int Utterances { get; init; }

    /// <summary>Runs of consecutive utterances of one role, system notices aside.</summary>
    public int Turns { get; init; }

    /// <summary>Utterances of the agent.</summary>
    public int AgentMessages { get; init; }

    /// <summary>Utterances of the customer.</summary>
    public int CustomerMessages { get; init; }

    /// <summary>Utterances of a bot.</summary>
    public int BotMessages { get; init; }

    /// <summary>Notices of the system.</summary>
    public int SystemMessages { get; init; }

    /// <summary>Words of the agent.</summary>
    public int AgentWords { get; init; }

    /// <summary>Words of the customer.</summary>
    public int CustomerWords { get; init; }

    /// <summary>Words of a bot.</summary>
    public int BotWords { get; init; }

    /// <summary>Time in which the agent speaks, in milliseconds.</summary>
    public long? AgentTalkMs { get; init; }

    /// <summary>Time in which the customer speaks, in milliseconds.</summary>
    public long? CustomerTalkMs { get; init; }

    /// <summary>Time in which nobody speaks, in milliseconds.</summary>
    public long? SilenceMs { get; init; }

    /// <summary>The longest stretch in which nobody speaks, in milliseconds.</summary>
    public long? LongestSilenceMs { get; init; }

    /// <summary>Time in which both speak, in milliseconds.</summary>
    public long? OvertalkMs { get; init; }

    /// <summary>How often one party starts while the other still speaks.</summary>
    public int? Interruptions { get; init; }

    /// <summary>From the customer's first message to the agent's first answer, in milliseconds (chat).</summary>
    public long? FirstResponseMs { get; init; }

    /// <summary>Mean over the agent's answering turns of the wait before them, in milliseconds (chat).</summary>
    public long? MeanResponseMs { get; init; }

    /// <summary>The agent's words a minute of the agent's talk time.</summary>
    public double? AgentWordsPerMinute { get; init; }

    /// <summary>The customer's words a minute of the customer's talk time.</summary>
    public double? CustomerWordsPerMinute { get; init; }

    /// <summary>The recording's length in milliseconds; of two recordings, the longer one's.</summary>
    public long? RecordingMs { get; init; }

    /// <summary>The level of the agent's channel as its root mean square, in dBFS.</summary>
    public double? AgentRmsDbfs { get; init; }

    /// <summary>The same of the customer's.</summary>
    public double? CustomerRmsDbfs { get; init; }

    /// <summary>The largest sample of the agent's channel, in dBFS.</summary>
    public double? AgentPeakDbfs { get; init; }

    /// <summary>The same of the customer's.</summary>
    public double? CustomerPeakDbfs { get; init; }

    /// <summary>Samples of the agent's channel in runs at full scale.</summary>
    public long? AgentClippedSamples { get; init; }

    /// <summary>The same of the customer's.</summary>
    public long? CustomerClippedSamples { get; init; }

    /// <summary>The level of the agent's channel between the talk, in dBFS.</summary>
    public double? AgentNoiseFloorDbfs { get; init; }

    /// <summary>The same of the customer's.</summary>
    public double? CustomerNoiseFloorDbfs { get; init; }

    /// <summary>The agent's part of both parties' talk time, from 0 to 1.</summary>
    public double? AgentTalkShare { get; init; }

    /// <summary>The customer's part of both parties' talk time, from 0 to 1.</summary>
    public double? CustomerTalkShare { get; init; }
}
