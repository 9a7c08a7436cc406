namespace QualityIngest.Samples.Rows;

/// <summary>What becomes of a row.</summary>
internal enum Outcome
{
    /// <summary>Accepted, and its conversation is completed.</summary>
    Completed,

    /// <summary>Accepted, but its transcript or recording is missing or broken.</summary>
    Failed,

    /// <summary>Held for its queue.</summary>
    HeldForQueue,

    /// <summary>Held for its agent.</summary>
    HeldForAgent,

    /// <summary>One party's side of a mono call: held until the other one's is there.</summary>
    Half,

    /// <summary>The side that was waited for: accepted, and the conversation is completed. Which of the two is which, their order decides.</summary>
    OtherHalf,

    /// <summary>A revision of a conversation that another row made: accepted, and no conversation more.</summary>
    Revised,

    /// <summary>Says what another row says.</summary>
    Duplicate,

    /// <summary>Refused.</summary>
    Rejected,
}
