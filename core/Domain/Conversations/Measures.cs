using QualityIngest.Domain.Formats;

namespace QualityIngest.Domain.Conversations;

/// <summary>
/// Computes what <c>docs/measurements.md</c> defines. Numbers only: a number is null where the source cannot tell, and
/// never NaN or infinite.
/// </summary>
public static class Measures
{
    private const double MsPerMinute = 60_000;

    /// <summary>The numbers of one conversation, whose utterances are in their canonical order.</summary>
    public static Metrics Of(Channel channel, DateTimeOffset startedAt, DateTimeOffset endedAt, IReadOnlyList<Utterance> utterances) =>
        Of(channel, startedAt, endedAt, utterances, sound: null);

    /// <summary>The numbers of one conversation. Where there is sound, it tells who speaks when; the words count what is said.</summary>
    /// <param name="channel">How the parties spoke.</param>
    /// <param name="startedAt">When it began.</param>
    /// <param name="endedAt">When it ended.</param>
    /// <param name="utterances">What was said, in canonical order; null: there is no transcript.</param>
    /// <param name="sound">The call's sound; null: there is no recording.</param>
    public static Metrics Of(
        Channel channel, DateTimeOffset startedAt, DateTimeOffset endedAt, IReadOnlyList<Utterance>? utterances, CallSound? sound)
    {
        var metrics = Of(channel, startedAt, endedAt, utterances ?? [], sound is null ? null : SpeechTimes.Of(sound));
        return sound is null ? metrics : WithSound(metrics, sound, hasWords: utterances is not null);
    }

    private static Metrics Of(
        Channel channel, DateTimeOffset startedAt, DateTimeOffset endedAt, IReadOnlyList<Utterance> utterances, SpeechTimes? ofSound)
    {
        var durationMs = Math.Max(0, (endedAt - startedAt).Ticks / TimeSpan.TicksPerMillisecond);
        var spoken = Spoken.Of(utterances);
        var speech = ofSound ?? SpeechTimes.Of(channel, durationMs, utterances);
        var responses = channel is Channel.Chat ? ResponseTimes.Of(utterances) : default;
        return new Metrics
        {
            DurationMs = durationMs,
            Utterances = utterances.Count,
            Turns = CountTurns(utterances),
            AgentMessages = spoken.Messages(SpeakerRole.Agent),
            CustomerMessages = spoken.Messages(SpeakerRole.Customer),
            BotMessages = spoken.Messages(SpeakerRole.Bot),
            SystemMessages = spoken.Messages(SpeakerRole.System),
            AgentWords = spoken.Words(SpeakerRole.Agent),
            CustomerWords = spoken.Words(SpeakerRole.Customer),
            BotWords = spoken.Words(SpeakerRole.Bot),
            AgentTalkMs = speech.AgentTalkMs,
            CustomerTalkMs = speech.CustomerTalkMs,
            SilenceMs = speech.SilenceMs,
            LongestSilenceMs = speech.LongestSilenceMs,
            OvertalkMs = speech.OvertalkMs,
            Interruptions = speech.Interruptions,
            FirstResponseMs = responses.FirstMs,
            MeanResponseMs = responses.MeanMs,
            AgentWordsPerMinute = PerMinute(spoken.Words(SpeakerRole.Agent), speech.AgentTalkMs),
            CustomerWordsPerMinute = PerMinute(spoken.Words(SpeakerRole.Customer), speech.CustomerTalkMs),
            AgentTalkShare = Share(speech.AgentTalkMs, speech.CustomerTalkMs),
            CustomerTalkShare = Share(speech.CustomerTalkMs, speech.AgentTalkMs),
        };
    }

    private static Metrics WithSound(Metrics metrics, CallSound sound, bool hasWords)
    {
        var (agent, customer) = (sound.Agent.Level, sound.Customer.Level);
        var dialogue = sound.PartiesKnown ? sound.Dialogue : null;
        return metrics with
        {
            Turns = dialogue?.Turns ?? metrics.Turns,
            MeanResponseMs = dialogue?.MeanFirstResponseMs,
            AgentWordsPerMinute = hasWords ? metrics.AgentWordsPerMinute : null,
            CustomerWordsPerMinute = hasWords ? metrics.CustomerWordsPerMinute : null,
            RecordingMs = sound.DurationMs,
            AgentRmsDbfs = Decibels(agent.RmsDbfs),
            CustomerRmsDbfs = Decibels(customer.RmsDbfs),
            AgentPeakDbfs = Decibels(agent.PeakDbfs),
            CustomerPeakDbfs = Decibels(customer.PeakDbfs),
            AgentClippedSamples = agent.ClippedSamples,
            CustomerClippedSamples = customer.ClippedSamples,
            AgentNoiseFloorDbfs = Decibels(agent.NoiseFloorDbfs),
            CustomerNoiseFloorDbfs = Decibels(customer.NoiseFloorDbfs),
        };
    }

    /// <summary>Speakers of unknown role are told apart by their participant id.</summary>
    private static int CountTurns(IReadOnlyList<Utterance> utterances)
    {
        var turns = 0;
        var last = default(Utterance);
        foreach (var utterance in utterances)
        {
            if (utterance.Role is SpeakerRole.System) continue;
            var goesOn = last?.Role == utterance.Role
                && (utterance.Role is not SpeakerRole.Unknown || last.ParticipantId == utterance.ParticipantId);
            if (!goesOn) turns++;
            last = utterance;
        }
        return turns;
    }

    private static double Decibels(double dbfs) => Math.Round(dbfs, 2, MidpointRounding.AwayFromZero);

    private static double? Share(long? own, long? other) =>
        own + other is > 0 and var sum ? Math.Round(own!.Value / (double)sum, 4, MidpointRounding.AwayFromZero) : null;

    private static double? PerMinute(int words, long? talkMs) =>
        talkMs is > 0 ? Math.Round(words / (talkMs.Value / MsPerMinute), 2, MidpointRounding.AwayFromZero) : null;
}
