namespace QualityIngest.Domain.Ingest;

/// <summary>What a recording is refused for, beside what its bucket or host refuses. Each is explained in <c>docs/errors.md</c>.</summary>
public static class RecordingCodes
{
    /// <summary>No sound that can be read.</summary>
    public const string UnsupportedAudio = "unsupported_audio";

    /// <summary>A stereo row's recording that has not two channels.</summary>
    public const string NotStereo = "not_stereo";

    /// <summary>The process that measured it ended or was ended.</summary>
    public const string SoundLost = "sound_lost";

    /// <summary>The node has no room to keep it while it is measured.</summary>
    public const string SpoolFailed = "spool_failed";
}

/// <summary>What is noted about recordings that were measured. Each is explained in <c>docs/errors.md</c>.</summary>
public static class RecordingWarnings
{
    /// <summary>Both channels hold the same sound, so that the parties cannot be told apart.</summary>
    public const string ChannelsIdentical = "channels_identical";

    /// <summary>Both parties are in one channel.</summary>
    public const string OneChannel = "one_channel";

    /// <summary>The recording beside stored words could not be had or read.</summary>
    public const string RecordingUnavailable = "recording_unavailable";

    /// <summary>The recording is much longer or shorter than the conversation.</summary>
    public const string DurationDiffers = "duration_differs";

    /// <summary>The transcript beside a recording could not be had or read.</summary>
    public const string TranscriptUnavailable = "transcript_unavailable";
}
