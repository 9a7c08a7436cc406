using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Formats.Transcripts;

namespace QualityIngest.Domain.Feeds;

/// <summary>
/// The messages of a conversation's parts as one transcript, ordered by time, those of one moment in the order of the parts
/// and then of the source. Parts may overlap, as those of a chat over midnight that both days have whole: a message that
/// several parts have is said as often as the part that has it most often says it.
/// </summary>
public static class FeedUnion
{
    /// <summary>The transcript.</summary>
    /// <param name="parts">The parts in their order, each with its messages in the order of time; at least one message.</param>
    public static Transcript Of(IReadOnlyList<IReadOnlyList<FeedMessage>> parts)
    {
        var messages = parts is [var only] ? only : Union(parts);
        var started = messages[0].At;
        var utterances = new Utterance[messages.Count];
        for (var i = 0; i < utterances.Length; i++)
        {
            var (at, role, sender, text, attributes) = messages[i];
            var startMs = (long)Math.Floor((at - started).TotalMilliseconds);
            utterances[i] = new(i, role, sender, startMs, null, at, text, null, null) { Attributes = attributes };
        }

        return new() { Utterances = utterances, Participants = Parties.Of(utterances) };
    }

    private static List<FeedMessage> Union(IReadOnlyList<IReadOnlyList<FeedMessage>> parts)
    {
        var union = new List<FeedMessage>(parts.Sum(part => part.Count));
        var said = new Dictionary<FeedMessage, int>();
        var ofPart = new Dictionary<FeedMessage, int>();
        foreach (var part in parts)
        {
            ofPart.Clear();
            foreach (var message in part)
            {
                var times = ofPart[message] = ofPart.GetValueOrDefault(message) + 1;
                if (times <= said.GetValueOrDefault(message))
                    continue;
                said[message] = times;
                union.Add(message);
            }
        }

        return [.. union.OrderBy(message => message.At)];
    }
}
