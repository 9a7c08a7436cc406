using QualityIngest.Audio;
using QualityIngest.Audio.Analysis;

namespace QualityIngest.Domain.Conversations;

/// <summary>A call's sound on one axis of time: a channel a party.</summary>
/// <param name="Agent">The agent's channel.</param>
/// <param name="Customer">The customer's channel.</param>
/// <param name="DurationMs">How long the recording is; of two recordings, the longer: both begin at the same moment.</param>
/// <param name="PartiesKnown">Whether the channels tell the parties apart; they do not where both hold the same sound, or there is but one.</param>
/// <param name="Waveform">Its outline.</param>
public sealed record CallSound(SoundChannel Agent, SoundChannel Customer, long DurationMs, bool PartiesKnown, Waveform Waveform)
{
    /// <summary>How the two channels share its time.</summary>
    public Dialogue Dialogue { get; } = Dialogue.Between(Agent.Speech, Customer.Speech, DurationMs);

    /// <summary>The sound of one recording with a channel a party.</summary>
    public static CallSound Of(Sound stereo, int agentChannel, int customerChannel) => new(
        stereo.Channels[agentChannel], stereo.Channels[customerChannel], stereo.DurationMs, !stereo.ChannelsIdentical,
        Waveform.Of(stereo, agentChannel, customerChannel));

    /// <summary>The sound of one recording with both parties in one channel: what is measured is of both.</summary>
    public static CallSound Of(Sound mixed) => new(
        mixed.Channels[0], mixed.Channels[0], mixed.DurationMs, PartiesKnown: false, Waveform.Of(mixed));

    /// <summary>The sound of two recordings, one a party.</summary>
    public static CallSound Of(Sound agent, Sound customer) => new(
        agent.Channels[0], customer.Channels[0], Math.Max(agent.DurationMs, customer.DurationMs), PartiesKnown: true,
        Waveform.Of(agent, customer));
}
