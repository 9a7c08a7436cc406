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
/// <param name="DurationMs">The same as time, in whole milliseconds.</param>
/// <param name="Channels">One entry a channel, in the file's order.</param>
/// <param name="ChannelsIdentical">Whether its two channels hold the same sound: mixed mono in disguise. False unless there are two.</param>
public sealed record Sound(
    SoundFormat Format, long Frames, long DurationMs, IReadOnlyList<SoundChannel> Channels, bool ChannelsIdentical);

/// <summary>What one channel holds.</summary>
/// <param name="Level">How loud it is.</param>
/// <param name="Speech">When somebody speaks in it.</param>
/// <param name="Peaks">Its outline.</param>
public sealed record SoundChannel(SoundLevel Level, SpeechActivity Speech, SoundPeaks Peaks);

/// <summary>Levels in dBFS, a full-scale square wave being 0; digital silence is <see cref="SilenceDbfs"/>.</summary>
/// <param name="RmsDbfs">The root mean square of all samples.</param>
/// <param name="PeakDbfs">The largest absolute sample.</param>
/// <param name="ClippedSamples">Samples in runs at full scale.</param>
/// <param name="NoiseFloorDbfs">The level between the talk.</param>
public sealed record SoundLevel(double RmsDbfs, double PeakDbfs, long ClippedSamples, double NoiseFloorDbfs)
{
    /// <summary>The least level that is told apart from silence.</summary>
    public const double SilenceDbfs = -120;
}

/// <summary>The outline of a channel: the largest absolute sample of equal stretches of time.</summary>
/// <param name="BucketMs">The length of one stretch; the last may be shorter.</param>
/// <param name="Values">0 to 255 for silence to full scale.</param>
public sealed record SoundPeaks(double BucketMs, byte[] Values);

/// <summary>When somebody speaks: one bit a frame of <see cref="FrameMs"/>, the lowest bit of a byte first.</summary>
/// <param name="Frames">How many frames there are.</param>
/// <param name="Bits">The bits; those beyond <paramref name="Frames"/> are 0.</param>
public sealed record SpeechActivity(int Frames, byte[] Bits)
{
    /// <summary>The length of a frame in milliseconds.</summary>
    public const int FrameMs = 10;
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
