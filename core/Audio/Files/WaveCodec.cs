using System.Globalization;

namespace QualityIngest.Audio;

/// <summary>A codec of WAVE sound.</summary>
/// <param name="Name">Its stable word.</param>
/// <param name="SampleBytes">Bytes of one sample; 0 for a codec that works in blocks.</param>
/// <param name="BlockFrames">Frames that cannot be cut further; 0 where the file says how many.</param>
internal sealed record WaveCodec(string Name, int SampleBytes, int BlockFrames)
{
    /// <summary>Whether its sound comes in blocks that are decoded whole.</summary>
    public bool IsBlocked => SampleBytes == 0;

    /// <summary>Whether what it wraps is an MPEG stream.</summary>
    public bool IsMpeg => Name == "mpeg";

    /// <summary>The codec of a format tag and a width of samples in bytes; null when it is none that is read.</summary>
    public static WaveCodec? Find(int tag, int width) => (tag, width) switch
    {
        (0x0001, 1) => new("pcm8", 1, 1),
        (0x0001, 2) => new("pcm16", 2, 1),
        (0x0001, 3) => new("pcm24", 3, 1),
        (0x0001, 4) => new("pcm32", 4, 1),
        (0x0003, 4) => new("float32", 4, 1),
        (0x0003, 8) => new("float64", 8, 1),
        (0x0006, _) => new("alaw", 1, 1),
        (0x0007, _) => new("mulaw", 1, 1),
        (0x0002, _) => new("ms_adpcm", 0, 0),
        (0x0011, _) => new("ima_adpcm", 0, 0),
        (0x0031, _) => new("gsm610", 0, 320),
        (0x0038, _) => new("nms_adpcm", 0, 0),
        (0x0040, _) => new("g721", 0, 0),
        (0x0050 or 0x0055, _) => new("mpeg", 0, 0),
        _ => null,
    };

    /// <summary>Why a tag is refused, by the name that people know it under.</summary>
    public static string Refusal(int tag, int bits) => tag switch
    {
        0x0001 or 0x0003 => $"Its samples of {bits} bits are not read.",
        _ => $"Its codec is not read: {Known(tag)}.",
    };

    private static string Known(int tag) => tag switch
    {
        0x0010 or 0x0017 => "OKI/Dialogic ADPCM",
        0x0022 => "TrueSpeech",
        0x0028 or 0x0065 or 0x028F => "G.722",
        0x0042 or 0x0111 => "G.723.1",
        0x0014 => "G.723 ADPCM",
        0x0045 or 0x0064 or 0x0085 => "G.726",
        0x0041 => "G.728",
        0x0083 or 0x0133 => "G.729",
        0x00FF or 0x1610 or 0x1600 => "AAC",
        0x0160 or 0x0161 or 0x0162 => "Windows Media Audio",
        0xF1AC => "FLAC",
        _ => "format " + tag.ToString("x4", CultureInfo.InvariantCulture),
    };
}
