using QualityIngest.Domain.Conversations.Pictures;

namespace QualityIngest.Domain.Conversations;

/// <summary>What one revision's recording looks like. Both parties share one axis of time.</summary>
/// <param name="ConversationId">The conversation's id.</param>
/// <param name="ExternalId">The source's own id of it.</param>
/// <param name="Revision">Which of its revisions, from 1.</param>
/// <param name="DurationMs">How long the recording is; of two recordings, the longer.</param>
/// <param name="BucketMs">How many milliseconds a peak stands for; the last may stand for fewer.</param>
/// <param name="Agent">The agent's voice.</param>
/// <param name="Customer">The customer's voice, with as many peaks.</param>
/// <param name="Overtalk">When both speak; at most 1,000 intervals.</param>
/// <param name="PartiesKnown">
/// Whether the channels tell the parties apart. Where both hold the same sound they do not: then speech is anybody's, and there
/// is no overtalk.
/// </param>
/// <param name="Version">The conversation's version; the ETag.</param>
public sealed record ConversationWaveform(
    Guid ConversationId, string ExternalId, int Revision, long DurationMs, double BucketMs, Voice Agent, Voice Customer,
    IReadOnlyList<Interval> Overtalk, bool PartiesKnown, long Version) : IVersioned
{
    /// <summary>The waveform of a revision.</summary>
    public static ConversationWaveform Of(Conversation conversation, int revision, Waveform waveform) => new(
        conversation.Id, conversation.ExternalId, revision, waveform.DurationMs, waveform.BucketMs, waveform.Agent, waveform.Customer,
        waveform.Overtalk, waveform.PartiesKnown, conversation.Version);

    /// <summary>The same as a picture: an SVG document.</summary>
    public string Draw() => WaveformSvg.Render(
        new(DurationMs, BucketMs, Agent, Customer, Overtalk) { PartiesKnown = PartiesKnown }, ConversationId, ExternalId);
}
