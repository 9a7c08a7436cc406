using QualityIngest.Domain.Formats;

namespace QualityIngest.Domain.Conversations;

/// <summary>How the time of a call is shared between speech and silence, in milliseconds; null where the source cannot tell.</summary>
internal readonly record struct SpeechTimes(
    long? AgentTalkMs, long? CustomerTalkMs, long? OvertalkMs, long? SilenceMs, long? LongestSilenceMs, int? Interruptions)
{
    /// <summary>Talk needs the times of every utterance, and to know at least one party's voice; silence needs the times alone.</summary>
    public static SpeechTimes Of(Channel channel, long durationMs, IReadOnlyList<Utterance> utterances)
    {
        var speech = utterances.Where(utterance => utterance.Role is not SpeakerRole.System).ToList();
        var timed = channel switch
        {
            Channel.Voice => speech.All(HasTimes),
            Channel.Unknown => speech.Count > 0 && speech.All(HasTimes),
            _ => false,
        };
        if (!timed) return default;
        var sweep = SpeechSweep.Over(speech, durationMs);
        if (!speech.TrueForAll(utterance => utterance.Role is SpeakerRole.Unknown) || speech.Count == 0)
            return new(sweep.AgentMs, sweep.CustomerMs, sweep.BothMs, sweep.SilenceMs, sweep.LongestSilenceMs, Talkspurts.Interruptions(speech));
        return new(null, null, null, sweep.SilenceMs, sweep.LongestSilenceMs, null);
    }

    /// <summary>The times that sound tells: silence always, and talk where its channels tell the parties apart.</summary>
    public static SpeechTimes Of(CallSound sound)
    {
        var dialogue = sound.Dialogue;
        return sound.PartiesKnown
            ? new(dialogue.FirstTalkMs, dialogue.SecondTalkMs, dialogue.OvertalkMs, dialogue.SilenceMs, dialogue.LongestSilenceMs, dialogue.Interruptions)
            : new(null, null, null, dialogue.SilenceMs, dialogue.LongestSilenceMs, null);
    }

    private static bool HasTimes(Utterance utterance) => utterance.EndMs is not null || utterance.Words is { Count: > 0 };
}
