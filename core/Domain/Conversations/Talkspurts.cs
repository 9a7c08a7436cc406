namespace QualityIngest.Domain.Conversations;

/// <summary>Stretches in which one party goes on speaking: its utterances, joined where they touch or overlap.</summary>
internal static class Talkspurts
{
    /// <summary>
    /// How often one party begins a talkspurt while a talkspurt of the other, begun earlier, still goes on. Parties that
    /// begin at the same moment do not interrupt each other.
    /// </summary>
    public static int Interruptions(IReadOnlyList<Utterance> speech)
    {
        var agent = Of(speech, SpeakerRole.Agent);
        var customer = Of(speech, SpeakerRole.Customer);
        return Into(agent, customer) + Into(customer, agent);
    }

    private static int Into(List<(long From, long To)> starting, List<(long From, long To)> speaking)
    {
        var (count, next) = (0, 0);
        foreach (var (from, _) in starting)
        {
            while (next < speaking.Count && speaking[next].To <= from) next++;
            if (next < speaking.Count && speaking[next].From < from) count++;
        }
        return count;
    }

    private static List<(long From, long To)> Of(IReadOnlyList<Utterance> speech, SpeakerRole role)
    {
        var spurts = new List<(long From, long To)>();
        foreach (var span in speech.Where(utterance => utterance.Role == role).Select(Span).Where(span => span.To > span.From).Order())
        {
            if (spurts.Count > 0 && span.From <= spurts[^1].To) spurts[^1] = (spurts[^1].From, Math.Max(spurts[^1].To, span.To));
            else spurts.Add(span);
        }
        return spurts;
    }

    private static (long From, long To) Span(Utterance utterance) =>
        utterance.Words is { Count: > 0 } words
            ? (words.Min(word => word.StartMs), words.Max(word => word.EndMs))
            : (utterance.StartMs, utterance.EndMs ?? utterance.StartMs);
}
