namespace QualityIngest.Samples;

/// <summary>What ingestion must have made of a sample, known from how it was put together.</summary>
public sealed record Expected
{
    /// <summary>CSV files that are read.</summary>
    public int Files { get; init; }

    /// <summary>Those of them that hold at least one rejected row.</summary>
    public int PartialFiles { get; init; }

    /// <summary>CSV files that are never read: <c>test.csv</c>.</summary>
    public int SkippedFiles { get; init; }

    /// <summary>Rows of the files as they lie in the bucket now: the sum of the counts below.</summary>
    public int Rows => Accepted + Held + Duplicate + Superseded + Rejected;

    /// <summary>Rows that made or revised a conversation.</summary>
    public int Accepted { get; init; }

    /// <summary>Rows whose conversation had to wait when they were read.</summary>
    public int Held { get; init; }

    /// <summary>Rows that said again what was known.</summary>
    public int Duplicate { get; init; }

    /// <summary>Rows that were overtaken by later ones: none in a sample, where every key is newer than the last.</summary>
    public int Superseded { get; init; }

    /// <summary>Rows that were refused.</summary>
    public int Rejected => RejectedByCode.Values.Sum();

    /// <summary>Refused rows by the code of their only fault.</summary>
    public IReadOnlyDictionary<string, int> RejectedByCode { get; init; } = new Dictionary<string, int>();

    /// <summary>Conversations, whatever became of them: the sum of the counts below.</summary>
    public int Conversations => Completed + Failed + HeldForQueue + HeldForAgent + HeldForCounterpart;

    /// <summary>Conversations that are whole.</summary>
    public int Completed { get; init; }

    /// <summary>Conversations whose transcript or recording is missing or cannot be read.</summary>
    public int Failed { get; init; }

    /// <summary>Conversations that wait until their queue is mapped.</summary>
    public int HeldForQueue { get; init; }

    /// <summary>Conversations that wait until their agent is known.</summary>
    public int HeldForAgent { get; init; }

    /// <summary>Mono conversations of which one side is there.</summary>
    public int HeldForCounterpart { get; init; }

    /// <summary>The same once the unmapped queue is mapped.</summary>
    public Expected WithQueueMapped() => this with { Completed = Completed + HeldForQueue, HeldForQueue = 0 };

    /// <summary>The same once the unknown agent is known.</summary>
    public Expected WithAgentKnown() => this with { Completed = Completed + HeldForAgent, HeldForAgent = 0 };
}
