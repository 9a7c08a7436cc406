using Microsoft.Win32.SafeHandles;
using QualityIngest.Audio;

namespace QualityIngest.Domain.Tests.Recordings;

/// <summary>Sounds as a decoder would have found them.</summary>
internal static class Sounds
{
    public static Sound Of(long durationMs, params SoundChannel[] channels) =>
        new(new("wave", "pcm16", channels.Length, 8_000), durationMs * 8, durationMs, channels, ChannelsIdentical: false);

    /// <summary>A channel that speaks in these stretches.</summary>
    public static SoundChannel Channel(long durationMs, params (long FromMs, long ToMs)[] speech)
    {
        var frames = (int)((durationMs + SpeechActivity.FrameMs - 1) / SpeechActivity.FrameMs);
        var bits = new byte[(frames + 7) / 8];
        foreach (var (from, to) in speech)
        {
            for (var frame = from / SpeechActivity.FrameMs; frame < to / SpeechActivity.FrameMs; frame++)
                bits[frame >> 3] |= (byte)(1 << (int)(frame & 7));
        }

        var loud = speech.Length > 0;
        return new(
            new(loud ? -21.004 : SoundLevel.SilenceDbfs, loud ? -3 : SoundLevel.SilenceDbfs, loud ? 7 : 0, loud ? -60 : SoundLevel.SilenceDbfs),
            new(frames, bits), new(10, new byte[frames]));
    }
}

/// <summary>A meter that answers as it is told and keeps what it was given.</summary>
internal sealed class ToldMeter(params SoundOutcome[] outcomes) : ISoundMeter
{
    private readonly Queue<SoundOutcome> _outcomes = new(outcomes);

    public List<byte[]> Measured { get; } = [];

    public async Task<SoundOutcome> Measure(SafeFileHandle file, CancellationToken cancel)
    {
        var bytes = new byte[RandomAccess.GetLength(file)];
        await RandomAccess.ReadAsync(file, bytes, 0, cancel);
        Measured.Add(bytes);
        return _outcomes.Count > 1 ? _outcomes.Dequeue() : _outcomes.Peek();
    }
}

/// <summary>A meter that looks at the size alone.</summary>
internal sealed class SizingMeter : ISoundMeter
{
    public long Size { get; private set; }

    public Task<SoundOutcome> Measure(SafeFileHandle file, CancellationToken cancel)
    {
        Size = RandomAccess.GetLength(file);
        return Task.FromResult<SoundOutcome>(new SoundMeasured(Sounds.Of(1_000, Sounds.Channel(1_000), Sounds.Channel(1_000))));
    }
}
