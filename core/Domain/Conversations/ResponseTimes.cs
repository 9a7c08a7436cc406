namespace QualityIngest.Domain.Conversations;

/// <summary>How long the customer of a chat waits for the agent.</summary>
/// <param name="FirstMs">From the customer's first message to the agent's next; null when the agent never answers.</param>
/// <param name="MeanMs">Mean over the turns in which the agent answers; null when there are none.</param>
internal readonly record struct ResponseTimes(long? FirstMs, long? MeanMs)
{
    /// <summary>
    /// A wait begins with the customer's first message that no agent has answered and ends with the agent's next one.
    /// Bots and notices neither answer nor end a wait.
    /// </summary>
    public static ResponseTimes Of(IReadOnlyList<Utterance> utterances)
    {
        var waitingSince = default(long?);
        var first = default(long?);
        var (total, answers) = (0L, 0);
        foreach (var utterance in utterances)
        {
            if (utterance.Role is SpeakerRole.Customer) waitingSince ??= utterance.StartMs;
            if (utterance.Role is not SpeakerRole.Agent || waitingSince is not { } since) continue;
            var wait = utterance.StartMs - since;
            first ??= wait;
            (total, answers, waitingSince) = (total + wait, answers + 1, null);
        }
        return new(first, answers > 0 ? (long)Math.Round((double)total / answers, MidpointRounding.AwayFromZero) : null);
    }
}
