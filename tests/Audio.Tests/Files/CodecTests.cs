using QualityIngest.Audio.Tests.Kit;

namespace QualityIngest.Audio.Tests.Files;

/// <summary>Every codec that is read, written by the library itself and read back.</summary>
public sealed class CodecTests
{
    private const int Seconds = 2;

    [Theory]
    [InlineData(Written.Wave | 5, "wave", "pcm8", 2, 8_000, 37)]
    [InlineData(Written.Wave | 2, "wave", "pcm16", 2, 8_000, 80)]
    [InlineData(Written.Wave | 2, "wave", "pcm16", 8, 48_000, 80)]
    [InlineData(Written.Wave | 3, "wave", "pcm24", 2, 44_100, 120)]
    [InlineData(Written.Wave | 4, "wave", "pcm32", 1, 16_000, 130)]
    [InlineData(Written.Wave | 6, "wave", "float32", 2, 48_000, 180)]
    [InlineData(Written.Wave | 7, "wave", "float64", 1, 96_000, 140)]
    [InlineData(Written.Wave | 0x11, "wave", "alaw", 2, 8_000, 34)]
    [InlineData(Written.Wave | 0x10, "wave", "mulaw", 2, 8_000, 34)]
    [InlineData(Written.WaveExtensible | 2, "wave", "pcm16", 2, 16_000, 80)]
    [InlineData(Written.WaveExtensible | 3, "wave", "pcm24", 6, 48_000, 120)]
    [InlineData(Written.WaveExtensible | 6, "wave", "float32", 2, 8_000, 180)]
    [InlineData(Written.WaveExtensible | 0x11, "wave", "alaw", 1, 8_000, 34)]
    [InlineData(Written.WaveExtensible | 0x10, "wave", "mulaw", 1, 8_000, 34)]
    [InlineData(Written.Rf64 | 2, "rf64", "pcm16", 2, 8_000, 80)]
    [InlineData(Written.Rf64 | 6, "rf64", "float32", 1, 8_000, 180)]
    [InlineData(Written.Rf64 | 0x10, "rf64", "mulaw", 2, 8_000, 34)]
    public async Task Plain_codecs_come_back_frame_by_frame(int format, string container, string codec, int channels, int rate, double decibels)
    {
        var original = Signal.Tones(Seconds * rate, channels, rate);

        var decoded = await Recording.Decode(Written.File(format, original, channels, rate));

        Assert.Equal(new SoundFormat(container, codec, channels, rate), decoded.Format);
        Assert.Equal(original.Length, decoded.Samples.Length);
        Assert.InRange(Signal.SignalToNoise(original, decoded.Samples), decibels, double.MaxValue);
    }

    [Theory]
    [InlineData(0x12, "ima_adpcm", 1, 8_000, 25, 1024)]
    [InlineData(0x12, "ima_adpcm", 2, 16_000, 25, 2048)]
    [InlineData(0x13, "ms_adpcm", 1, 8_000, 25, 1024)]
    [InlineData(0x13, "ms_adpcm", 2, 44_100, 25, 4096)]
    [InlineData(0x20, "gsm610", 1, 8_000, 8, 320)]
    [InlineData(0x30, "g721", 1, 8_000, 20, 160)]
    [InlineData(0x22, "nms_adpcm", 1, 8_000, 5, 160)]
    [InlineData(0x23, "nms_adpcm", 1, 8_000, 10, 160)]
    [InlineData(0x24, "nms_adpcm", 1, 8_000, 15, 160)]
    public async Task Codecs_with_blocks_come_back_with_their_last_block_filled(
        int codec, string name, int channels, int rate, double decibels, int block)
    {
        var original = Signal.Tones(Seconds * rate, channels, rate);

        var decoded = await Recording.Decode(Written.File(Written.Wave | codec, original, channels, rate));

        Assert.Equal(new SoundFormat("wave", name, channels, rate), decoded.Format);
        Assert.InRange(decoded.Frames, Seconds * rate, (Seconds * rate) + block);
        Assert.InRange(Signal.SignalToNoise(original, decoded.Samples), decibels, double.MaxValue);
    }

    [Theory]
    [InlineData(2, 11_025, 0)]
    [InlineData(2, 16_000, 2)]
    [InlineData(1, 22_050, 2)]
    [InlineData(2, 44_100, 0)]
    [InlineData(2, 44_100, 1)]
    [InlineData(2, 44_100, 2)]
    [InlineData(1, 48_000, 2)]
    public async Task Mp3_comes_back_without_what_its_encoder_added(int channels, int rate, int mode)
    {
        var original = Signal.Tones(Seconds * rate, channels, rate);

        var file = Written.File(Written.Mpeg | 0x82, original, channels, rate, mode);
        var decoded = await Recording.Decode(file);

        Assert.NotEqual(-1, file.AsSpan().IndexOf(mode == 0 ? "Info"u8 : "Xing"u8));
        Assert.Equal(new SoundFormat("mpeg", "mpeg3", channels, rate), decoded.Format);
        Assert.Equal(original.Length, decoded.Samples.Length);
        Assert.InRange(Signal.SignalToNoise(original, decoded.Samples), 15, double.MaxValue);
    }
}
