using System.Buffers.Binary;

namespace QualityIngest.Audio.Analysis;

/// <summary>A speech track as 64-bit words, cut or filled with silence to a duration and moved in time.</summary>
internal static class SpeechWords
{
    public const int WordFrames = 64;

    /// <summary>The frames that begin within a duration.</summary>
    public static int Frames(long durationMs) =>
        checked((int)((durationMs + SpeechActivity.FrameMs - 1) / SpeechActivity.FrameMs));

    public static ulong[] Of(SpeechActivity track, long durationMs, long lateMs = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(durationMs);
        var frames = Frames(durationMs);
        var late = (long)Math.Round(lateMs / (double)SpeechActivity.FrameMs, MidpointRounding.AwayFromZero);
        var words = new ulong[(frames + WordFrames - 1) / WordFrames];
        for (var i = 0; i < words.Length; i++)
            words[i] = From(track, i * (long)WordFrames - late);
        if (frames % WordFrames is var rest and not 0) words[^1] &= (1UL << rest) - 1;
        return words;
    }

    /// <summary>64 frames from any frame on; those outside of the track are 0.</summary>
    private static ulong From(SpeechActivity track, long frame)
    {
        var (word, bit) = (frame >> 6, (int)(frame & 63));
        return bit == 0 ? Word(track, word) : Word(track, word) >> bit | Word(track, word + 1) << (WordFrames - bit);
    }

    private static ulong Word(SpeechActivity track, long word)
    {
        if (word < 0 || word * WordFrames >= track.Frames) return 0;
        var bytes = track.Bits.AsSpan((int)(word * sizeof(ulong)));
        if (bytes.Length >= sizeof(ulong)) return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        Span<byte> padded = stackalloc byte[sizeof(ulong)];
        bytes.CopyTo(padded);
        return BinaryPrimitives.ReadUInt64LittleEndian(padded);
    }
}
