namespace QualityIngest.Audio;

/// <summary>What a file may hold.</summary>
/// <param name="MaxDuration">The longest sound, counted while it is decoded.</param>
/// <param name="MaxChannels">The most channels.</param>
public sealed record SoundLimits(TimeSpan MaxDuration, int MaxChannels)
{
    /// <summary>The lowest sample rate that is taken for one.</summary>
    internal const int MinSampleRate = 4_000;

    /// <summary>The highest.</summary>
    internal const int MaxSampleRate = 192_000;

    /// <summary>4 hours and 8 channels (<c>limits.md</c>, Input).</summary>
    public static SoundLimits Default { get; } = new(TimeSpan.FromHours(4), 8);

    internal bool AreValid =>
        MaxDuration >= TimeSpan.FromSeconds(1) && MaxDuration <= TimeSpan.FromHours(24) && MaxChannels is >= 1 and <= 8;

    /// <summary>Why a sound of this shape is refused; null when it is not.</summary>
    internal string? Refusal(int channels, int sampleRate) => (channels, sampleRate) switch
    {
        ( < 1, _) => "It says that it has no channels.",
        _ when channels > MaxChannels => $"It has {channels} channels; {MaxChannels} is the most.",
        (_, < MinSampleRate or > MaxSampleRate) => $"Its sample rate of {sampleRate} Hz is not from {MinSampleRate} to {MaxSampleRate} Hz.",
        _ => null,
    };
}
