namespace QualityIngest.Audio.Analysis;

/// <summary>
/// How two parties share the time of a recording, from when each of them speaks. A talkspurt is a stretch in which a party
/// goes on speaking. Always <c>FirstTalkMs + SecondTalkMs - OvertalkMs + SilenceMs</c> is the duration.
/// </summary>
/// <param name="FirstTalkMs">Time in which the first party speaks.</param>
/// <param name="SecondTalkMs">Time in which the second party speaks.</param>
/// <param name="OvertalkMs">Time in which both speak.</param>
/// <param name="SilenceMs">Time in which nobody speaks, before the first and after the last word included.</param>
/// <param name="LongestSilenceMs">The longest stretch of it.</param>
/// <param name="InterruptionsByFirst">How often the first party begins a talkspurt within one of the second's.</param>
/// <param name="InterruptionsBySecond">How often the second party begins a talkspurt within one of the first's.</param>
/// <param name="Turns">Runs of talkspurts of one party, by when they begin.</param>
/// <param name="FirstResponses">How often the first party is the next to speak after the second has ended.</param>
/// <param name="SecondResponses">How often the second party is the next to speak after the first has ended.</param>
/// <param name="MeanFirstResponseMs">The mean silence before <paramref name="FirstResponses"/>, rounded; null when there are none.</param>
/// <param name="MeanSecondResponseMs">The mean silence before <paramref name="SecondResponses"/>, rounded; null when there are none.</param>
public sealed record Dialogue(
    long FirstTalkMs, long SecondTalkMs, long OvertalkMs, long SilenceMs, long LongestSilenceMs,
    int InterruptionsByFirst, int InterruptionsBySecond, int Turns,
    int FirstResponses, int SecondResponses, long? MeanFirstResponseMs, long? MeanSecondResponseMs)
{
    /// <summary>How often either party interrupts the other.</summary>
    public int Interruptions => InterruptionsByFirst + InterruptionsBySecond;

    /// <summary>
    /// Counts the time from 0 to the duration. Tracks may be shorter, which is silence, or longer, which is left out.
    /// </summary>
    /// <param name="first">When the first party speaks.</param>
    /// <param name="second">When the second party speaks.</param>
    /// <param name="durationMs">The length of what is counted, at least 0.</param>
    /// <param name="secondLateMs">How much later than the first the second track begins, rounded to frames; negative when it is earlier.</param>
    public static Dialogue Between(SpeechActivity first, SpeechActivity second, long durationMs, long secondLateMs = 0) =>
        DialogueCount.Over(
            SpeechWords.Of(first, durationMs), SpeechWords.Of(second, durationMs, secondLateMs), durationMs);
}
