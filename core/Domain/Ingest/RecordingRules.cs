using QualityIngest.Audio;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Sources;

namespace QualityIngest.Domain.Ingest;

/// <summary>What a recording must be to be a party's, or both parties', and what is worth a warning.</summary>
internal static class RecordingRules
{
    /// <summary>Lengths that differ by no more than this, or by a twentieth of the conversation, are the same.</summary>
    private const long ToleranceMs = 5_000;

    /// <summary>Why a recording cannot be what its row calls it, or null.</summary>
    public static SourceFailure? Fault(Sound sound, RecordingSide side) => (side, sound.Format.Channels) switch
    {
        (RecordingSide.Stereo, 2) or (not RecordingSide.Stereo, 1) => null,
        (RecordingSide.Stereo, var channels) => Refused(
            RecordingCodes.NotStereo, $"The recording has {Channels(channels)}; a stereo conversation has one a party, two in all.",
            "Give a recording with a channel a party, or two recordings as mono."),
        (_, var channels) => Mixed(
            $"The {DomainJson.Word(side)}'s recording has {Channels(channels)}; a recording of one party has one.",
            "Give a recording of each party alone, or the two-channel one as stereo."),
    };

    /// <summary>Whose voices a recording of both parties holds, of which nobody said how many channels it has.</summary>
    /// <param name="sound">The recording.</param>
    /// <param name="fault">Why nobody can tell.</param>
    public static RecordingSide SideOf(Sound sound, out SourceFailure? fault)
    {
        fault = sound.Format.Channels <= 2
            ? null
            : Refused(
                RecordingCodes.NotStereo, $"The recording has {Channels(sound.Format.Channels)}; one of both parties has one a party, or one for both.",
                "Export the recording with one channel or two.");
        return sound.Format.Channels == 1 ? RecordingSide.Mixed : RecordingSide.Stereo;
    }

    /// <summary>Why two recordings cannot be those of two parties, or null. Two that are silent tell nothing, and are let through.</summary>
    public static SourceFailure? Fault(Sound agent, Sound customer) =>
        agent.Channels[0].Level.PeakDbfs > SoundLevel.SilenceDbfs
        && agent.DurationMs == customer.DurationMs
        && agent.Channels[0].Level == customer.Channels[0].Level
        && agent.Channels[0].Peaks.Values.AsSpan().SequenceEqual(customer.Channels[0].Peaks.Values)
            ? SameRecording
            : null;

    /// <summary>Both sides' locators lead to one recording, or to copies of it.</summary>
    public static SourceFailure SameRecording { get; } = Mixed(
        "Both parties' recordings are the same; one recording of both parties cannot be told apart.", "Give a recording of each party.");

    /// <summary>A file that its decoder refuses.</summary>
    public static SourceFailure Unsupported(string reason) => Refused(
        RecordingCodes.UnsupportedAudio, reason, "Export the recording as WAV or MP3, of at most 4 hours, then retry the conversation.");

    /// <summary>A file that its decoder did not come to the end of.</summary>
    public static SourceFailure Lost(string reason) => new(
        FailureClass.Transient, RecordingCodes.SoundLost, reason, "Nothing at first: it is tried again. If it fails each time, export the recording anew.", Retryable: true);

    /// <summary>No room.</summary>
    public static SourceFailure SpoolFailed { get; } = new(
        FailureClass.Transient, RecordingCodes.SpoolFailed, "The node could not keep the recording while it is measured.",
        "Nothing at first: it is tried again. The operator looks at the disk of Audio:SpoolDirectory.", Retryable: true);

    /// <summary>Whether a recording's length contradicts its row's times.</summary>
    public static bool LengthDiffers(long recordingMs, long durationMs) =>
        Math.Abs(recordingMs - durationMs) > Math.Max(ToleranceMs, durationMs / 20);

    private static SourceFailure Mixed(string message, string resolution) => Refused(RowCodes.MixedMono, message, resolution);

    private static SourceFailure Refused(string code, string message, string resolution) =>
        new(FailureClass.Item, code, message, resolution, Retryable: false);

    private static string Channels(int count) => count == 1 ? "one channel" : $"{count} channels";
}
