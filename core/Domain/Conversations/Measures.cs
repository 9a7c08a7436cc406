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
    public static Metrics Of(Channel channel, DateTimeOffset startedAt, DateTimeOffset endedAt, IReadOnlyList<Utterance> utterances)
    {
        ArgumentNullException.ThrowIfNull(utterances);
        var durationMs = Math.Max(0, (endedAt - startedAt).Ticks / TimeSpan.TicksPerMillisecond);
        var spoken = Spoken.Of(utterances);
        var speech = SpeechTimes.Of(channel, durationMs, utterances);
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

    private static double? PerMinute(int words, long? talkMs) =>
        talkMs is > 0 ? Math.Round(words / (talkMs.Value / MsPerMinute), 2, MidpointRounding.AwayFromZero) : null;
}
