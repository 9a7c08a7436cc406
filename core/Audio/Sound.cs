namespace QualityIngest.Audio;

/// <summary>What a sound file is, as its decoder found it.</summary>
/// <param name="Container"><c>wave</c>, <c>rf64</c> or <c>mpeg</c>.</param>
/// <param name="Codec">A stable word, e.g. <c>pcm16</c>, <c>alaw</c>, <c>mulaw</c>, <c>ima_adpcm</c>, <c>gsm610</c>, <c>mpeg3</c>.</param>
/// <param name="Channels">1 to 8.</param>
/// <param name="SampleRate">Frames a second.</param>
public sealed record SoundFormat(string Container, string Codec, int Channels, int SampleRate);

/// <summary>One recording, measured in one pass.</summary>
/// <param name="Format">What it is.</param>
/// <param name="Frames">Frames that were decoded: what the header declares is not believed.</param>
/// <param name="DurationMs">The same as time, cut to whole milliseconds.</param>
/// <param name="Channels">One entry a channel, in the file's order.</param>
/// <param name="ChannelsIdentical">
/// Whether its two channels hold the same sound: mixed mono in disguise. A channel that is turned upside down or up to 6 dB
/// louder is still the same. False unless there are two, and when both are silent.
/// </param>
public sealed record Sound(
    SoundFormat Format, long Frames, long DurationMs, IReadOnlyList<SoundChannel> Channels, bool ChannelsIdentical);

/// <summary>What one channel holds.</summary>
/// <param name="Level">How loud it is.</param>
/// <param name="Speech">When somebody speaks in it.</param>
/// <param name="Peaks">Its outline.</param>
public sealed record SoundChannel(SoundLevel Level, SpeechActivity Speech, SoundPeaks Peaks);

/// <summary>
/// Levels in dBFS, a full-scale square wave being 0: from <see cref="SilenceDbfs"/> to 0, never NaN or infinite. Samples
/// beyond full scale are taken as full scale, what is no number as 0.
/// </summary>
/// <param name="RmsDbfs">The root mean square of all samples.</param>
/// <param name="PeakDbfs">The largest absolute sample.</param>
/// <param name="ClippedSamples">Samples in runs of three or more that stand at the same value at full scale.</param>
/// <param name="NoiseFloorDbfs">The level between the talk.</param>
public sealed record SoundLevel(double RmsDbfs, double PeakDbfs, long ClippedSamples, double NoiseFloorDbfs)
{
    /// <summary>Digital silence, and the least level that is told apart from it.</summary>
    public const double SilenceDbfs = -120;
}

/// <summary>
/// The outline of a channel: the largest absolute sample of equal stretches of time. There are at most
/// <see cref="MostValues"/>, and more than half as many once the sound is longer than that many stretches of 10 ms.
/// </summary>
/// <param name="BucketMs">The length of one stretch, 10 ms or that doubled some times; the last may be shorter.</param>
/// <param name="Values">0 for digital silence to 255 for full scale, in proportion to the sample, rounded up.</param>
public sealed record SoundPeaks(double BucketMs, byte[] Values)
{
    /// <summary>The most values that an outline has.</summary>
    public const int MostValues = 1_600;
}

/// <summary>
/// When somebody speaks: one bit a frame of <see cref="FrameMs"/>, the lowest bit of a byte first. Pauses shorter than
/// 200 ms are part of the speech. The last frame may be cut short by the end of the sound.
/// </summary>
/// <param name="Frames">How many frames there are: the duration by <see cref="FrameMs"/>, rounded up.</param>
/// <param name="Bits">The bits, in as many bytes as they need; those beyond <paramref name="Frames"/> are 0.</param>
public sealed record SpeechActivity(int Frames, byte[] Bits)
{
    /// <summary>The length of a frame in milliseconds.</summary>
    public const int FrameMs = 10;

    /// <summary>Whether somebody speaks in a frame; nobody does before the first and after the last.</summary>
    public bool At(int frame) => (uint)frame < (uint)Frames && (Bits[frame >> 3] >> (frame & 7) & 1) != 0;
}

/// <summary>What came of measuring a file.</summary>
public abstract record SoundOutcome;

/// <summary>It was decoded to its end.</summary>
public sealed record SoundMeasured(Sound Sound) : SoundOutcome;

/// <summary>It is no sound that can be read: <c>unsupported_audio</c>. Trying again does not help.</summary>
/// <param name="Reason">A sentence for people.</param>
public sealed record SoundRefused(string Reason) : SoundOutcome;

/// <summary>The process that measured it ended or was ended: it crashed, hung or grew beyond its bounds. Another attempt may help.</summary>
/// <param name="Reason">A sentence for people.</param>
public sealed record SoundLost(string Reason) : SoundOutcome;
