namespace QualityIngest.Audio;

/// <summary>The header of an MPEG audio frame (ISO/IEC 11172-3, 2.4.1.3; 13818-3 for the lower rates; 2.5 is a custom of encoders).</summary>
/// <param name="Header">Its 32 bits.</param>
/// <param name="Layer">1 to 3.</param>
/// <param name="IsLow">Whether it is MPEG 2 or 2.5, of half or a quarter of the sample rates.</param>
/// <param name="SampleRate">In Hz.</param>
/// <param name="IsMono">Whether it has one channel.</param>
/// <param name="Bytes">Its length with the header; 0 for a frame of free format, which does not say.</param>
internal readonly record struct MpegFrame(uint Header, int Layer, bool IsLow, int SampleRate, bool IsMono, int Bytes)
{
    private const uint StreamBits = 0xFFFE_0C00; // sync, version, layer, sample rate

    private static readonly int[][] Bitrates =
    [
        [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448], // MPEG 1, layer I
        [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384], // layer II
        [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320], // layer III
        [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256], // MPEG 2, layer I
        [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160], // layers II and III
    ];

    /// <summary>Samples of one channel.</summary>
    public int Samples => (Layer, IsLow) switch { (1, _) => 384, (3, true) => 576, _ => 1152 };

    /// <summary>Whether a checksum stands between the header and what follows.</summary>
    public bool HasChecksum => (Header & 0x1_0000) == 0;

    /// <summary>Reads a header; false for anything else.</summary>
    public static bool TryRead(uint word, out MpegFrame frame)
    {
        frame = default;
        var (version, layer, bitrate, rate) = ((word >> 19) & 3, 4 - (int)((word >> 17) & 3), (word >> 12) & 15, (word >> 10) & 3);
        if (word >> 21 != 0x7FF || version == 1 || layer == 4 || bitrate == 15 || rate == 3)
            return false;
        var isLow = version != 3;
        var sampleRate = (rate switch { 0 => 44_100, 1 => 48_000, _ => 32_000 }) >> (version switch { 3 => 0, 2 => 1, _ => 2 });
        var kilobits = Bitrates[isLow ? (layer == 1 ? 3 : 4) : layer - 1][bitrate];
        var padding = (int)(word >> 9) & 1;
        var bytes = (kilobits, layer) switch
        {
            (0, _) => 0,
            (_, 1) => ((12_000 * kilobits / sampleRate) + padding) * 4,
            (_, 3) when isLow => (72_000 * kilobits / sampleRate) + padding,
            _ => (144_000 * kilobits / sampleRate) + padding,
        };
        frame = new(word, layer, isLow, sampleRate, ((word >> 6) & 3) == 3, bytes);
        return true;
    }

    /// <summary>Whether a frame can follow this one in one stream.</summary>
    public bool Continues(MpegFrame other) => ((Header ^ other.Header) & StreamBits) == 0 && IsMono == other.IsMono;

    /// <summary>A frame of the same stream with no padding and no checksum, as short as it can be without being shorter than this.</summary>
    public MpegFrame Smallest(int bytes)
    {
        for (uint bitrate = 1; bitrate < 15; bitrate++)
        {
            if (TryRead((Header & ~0xF200u) | (bitrate << 12) | 0x1_0000, out var frame) && frame.Bytes >= bytes)
                return frame;
        }

        throw new ArgumentOutOfRangeException(nameof(bytes), bytes, "No frame of this stream is as long.");
    }
}
