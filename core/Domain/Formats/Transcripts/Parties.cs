using QualityIngest.Domain.Conversations;

namespace QualityIngest.Domain.Formats.Transcripts;

/// <summary>Who took part in a conversation.</summary>
internal static class Parties
{
    /// <summary>Every speaker once, in the order in which they first spoke.</summary>
    public static IReadOnlyList<Participant> Of(IReadOnlyList<Utterance> utterances) =>
        [.. utterances.Select(utterance => new Participant(utterance.ParticipantId, utterance.Role)).Distinct()];
}
