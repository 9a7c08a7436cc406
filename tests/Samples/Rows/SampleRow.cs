namespace QualityIngest.Samples.Rows;

/// <summary>One row of a CSV, as it is written, and what becomes of it.</summary>
internal sealed record SampleRow
{
    public required string ConversationId { get; init; }
    public required string QueueId { get; init; }
    public required string AgentEmail { get; init; }
    public required DateTimeOffset Start { get; init; }
    public required DateTimeOffset End { get; init; }

    /// <summary>The start as written, where it is not the start's usual form.</summary>
    public string? StartText { get; init; }

    /// <summary>Minutes east of UTC that the row's times are written in.</summary>
    public int Offset { get; init; }

    public required string ChannelType { get; init; }
    public string RecordingType { get; init; } = "transcription";
    public string Transcript { get; init; } = "";
    public string ChatScript { get; init; } = "";
    public string Recording { get; init; } = "";
    public string AgentRecording { get; init; } = "";
    public string CustomerRecording { get; init; } = "";
    public string AgentChannel { get; init; } = "";
    public string CustomerChannel { get; init; } = "";
    public string Language { get; init; } = "";
    public string AsrProvider { get; init; } = "";
    public string CallReason { get; init; } = "";

    /// <summary>What becomes of it.</summary>
    public Outcome Outcome { get; init; }

    /// <summary>The code of the only fault of a refused row.</summary>
    public string RejectionCode { get; init; } = "";
}
