namespace QualityIngest.Audio.Analysis;

/// <summary>The bits of a speech track while it grows: an eighth of a byte a frame, 180 kB for four hours.</summary>
internal sealed class SpeechTrack
{
    private byte[] _bits = new byte[1_024];

    /// <summary>Says that somebody speaks from a frame until before another.</summary>
    public void Set(int from, int to)
    {
        if (to > _bits.Length * 8L) Array.Resize(ref _bits, Math.Max(_bits.Length * 2, (to >> 3) + 1));
        for (; from < to && (from & 7) != 0; from++) _bits[from >> 3] |= (byte)(1 << (from & 7));
        if (from >= to) return;
        _bits.AsSpan(from >> 3, (to >> 3) - (from >> 3)).Fill(0xFF);
        _bits[Math.Min(to >> 3, _bits.Length - 1)] |= (byte)((1 << (to & 7)) - 1);
    }

    /// <summary>The first frames of the track.</summary>
    public SpeechActivity First(int frames)
    {
        var bits = new byte[(frames + 7) >> 3];
        _bits.AsSpan(0, Math.Min(bits.Length, _bits.Length)).CopyTo(bits);
        if ((frames & 7) != 0) bits[^1] &= (byte)((1 << (frames & 7)) - 1);
        return new(frames, bits);
    }
}
