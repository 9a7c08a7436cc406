namespace QualityIngest.Samples.Rows;

/// <summary>What goes wrong with recordings in real buckets, one mishap a call.</summary>
internal static class RecordingMishaps
{
    /// <summary>Each party in a row of its own.</summary>
    public static Recorded InTwoRows(Recorded mono) => mono with
    {
        Rows =
        [
            mono.Row with { CustomerRecording = "", Outcome = Outcome.Half },
            mono.Row with { AgentRecording = "", Outcome = Outcome.OtherHalf },
        ],
    };

    /// <summary>The parties' rows disagree about the queue.</summary>
    public static Recorded InTwoMinds(Recorded mono)
    {
        var halves = InTwoRows(mono);
        var other = halves.Rows[1] with
        {
            QueueId = Company.Queues.First(queue => queue.ExternalId != mono.Row.QueueId).ExternalId,
            Outcome = Outcome.Rejected,
            RejectionCode = "counterpart_conflict",
        };
        return halves with { Rows = [halves.Rows[0], other], Truth = null };
    }

    /// <summary>Both parties in one mono file, which its row names twice.</summary>
    public static Recorded NamedTwice(Recorded mono) => mono with
    {
        Rows = [mono.Row with { CustomerRecording = mono.Row.AgentRecording, Outcome = Outcome.Rejected, RejectionCode = "mixed_mono" }],
        Truth = null,
    };

    /// <summary>A two-channel recording where a party's alone belongs.</summary>
    public static Recorded TwoChannelsForOne(Recorded mono, Recorded stereo) => Failed(mono) with
    {
        Objects = [mono.Objects[0], mono.Objects[1] with { Content = stereo.Objects[0].Content }],
    };

    /// <summary>One channel where two belong.</summary>
    public static Recorded OneChannelForTwo(Recorded stereo, Recorded mono) => Failed(stereo) with
    {
        Objects = [stereo.Objects[0] with { Content = mono.Objects[0].Content }],
    };

    /// <summary>A web page that says the recording has expired, under the recording's name.</summary>
    public static Recorded NoSound(Recorded stereo) => Failed(stereo) with
    {
        Objects = [stereo.Objects[0] with { Content = new("<!doctype html><title>410 Gone</title><p>This recording has expired.</p>\n"u8.ToArray()) }],
    };

    /// <summary>The recording was never uploaded.</summary>
    public static Recorded NeverUploaded(Recorded stereo) => Failed(stereo) with { Objects = [] };

    /// <summary>The queue is one that nobody has mapped: measured once it is.</summary>
    public static Recorded UnmappedQueue(Recorded call) => call with
    {
        Rows = [call.Row with { QueueId = Company.UnmappedQueue.ExternalId, Outcome = Outcome.HeldForQueue }],
    };

    private static Recorded Failed(Recorded call) => call with { Rows = [call.Row with { Outcome = Outcome.Failed }], Truth = null };
}
