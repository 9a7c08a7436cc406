using QualityIngest.Audio.Tests.Kit;

namespace QualityIngest.Audio.Tests.Files;

/// <summary>Files that another program wrote, against what that program reads in them.</summary>
public sealed class ForeignFileTests
{
    private const int Frames = 16_000;

    [SkippableTheory]
    [InlineData("-e unsigned -b 8", "pcm8", 2, 8_000)]
    [InlineData("-e signed -b 16", "pcm16", 1, 8_000)]
    [InlineData("-e signed -b 24", "pcm24", 6, 48_000)]
    [InlineData("-e signed -b 32", "pcm32", 2, 44_100)]
    [InlineData("-e floating-point -b 32", "float32", 2, 16_000)]
    [InlineData("-e floating-point -b 64", "float64", 1, 16_000)]
    [InlineData("-e a-law", "alaw", 2, 8_000)]
    [InlineData("-e u-law", "mulaw", 1, 8_000)]
    [InlineData("-e ima-adpcm", "ima_adpcm", 1, 8_000)]
    [InlineData("-e ima-adpcm", "ima_adpcm", 2, 22_050)]
    [InlineData("-e ms-adpcm", "ms_adpcm", 1, 8_000)]
    [InlineData("-e ms-adpcm", "ms_adpcm", 2, 11_025)]
    [InlineData("-e gsm-full-rate", "gsm610", 1, 8_000)]
    public async Task Wave_is_read_as_the_other_reads_it(string form, string codec, int channels, int rate)
    {
        Sox.RequireOrSkip();
        var wave = Written.File(Written.Wave | 2, Signal.Tones(Frames, channels, rate), channels, rate);

        var file = await Sox.Convert(wave, form, "wav");
        var decoded = await Recording.Decode(file);
        var other = await Sox.Decode(file, "wav");

        Assert.Equal(new SoundFormat("wave", codec, channels, rate), decoded.Format);
        // The other stops where the header says that the last block is only filled up.
        Assert.InRange(decoded.Samples.Length, other.Length, other.Length + (channels * 4_096));
        Assert.InRange(Signal.SignalToNoise(other, decoded.Samples), 75, double.MaxValue);
    }

    [SkippableTheory]
    [InlineData("-e signed -b 16", "pcm16")]
    [InlineData("-e u-law", "mulaw")]
    public async Task Wave_that_went_through_a_pipe_is_read_to_its_end(string form, string codec)
    {
        Sox.RequireOrSkip();
        var wave = Written.File(Written.Wave | 2, Signal.Tones(Frames, 2, 8_000), 2, 8_000);

        var decoded = await Recording.Decode(await Sox.Convert(wave, form, "wav", piped: true));

        Assert.Equal((codec, Frames), (decoded.Format.Codec, decoded.Frames));
    }

    [SkippableTheory]
    [InlineData("mp3", "-C 128", "mpeg3", 2, 44_100)]
    [InlineData("mp3", "-C -4.2", "mpeg3", 2, 44_100)]
    [InlineData("mp3", "-C 32", "mpeg3", 1, 16_000)]
    [InlineData("mp3", "-C -2", "mpeg3", 1, 8_000)]
    [InlineData("mp2", "-C 192", "mpeg2", 2, 48_000)]
    [InlineData("mp2", "-C 64", "mpeg2", 1, 16_000)]
    public async Task Mpeg_is_read_as_the_other_reads_it(string type, string form, string codec, int channels, int rate)
    {
        Sox.RequireOrSkip();
        var wave = Written.File(Written.Wave | 2, Signal.Tones(3 * rate, channels, rate), channels, rate);

        var file = await Sox.Convert(wave, form, type);
        var decoded = await Recording.Decode(file);
        var other = await Sox.Decode(file, type);

        Assert.Equal(new SoundFormat("mpeg", codec, channels, rate), decoded.Format);
        // The other keeps what encoder and decoder add at both ends, and loses the last frame.
        Assert.InRange(decoded.Frames, (other.Length / channels) - (3 * 1152), (other.Length / channels) + 1152);
        Assert.InRange(decoded.Frames, 3 * rate, (3 * rate) + (3 * 1152));
        Assert.InRange(BestMatch(other, decoded.Samples, channels), 60, double.MaxValue);
    }

    /// <summary>The similarity of a stretch where it is greatest, when one begins up to three frames later.</summary>
    private static double BestMatch(float[] other, float[] decoded, int channels) =>
        Enumerable.Range(0, 3 * 1152).Max(shift => Signal.SignalToNoise(other.AsSpan((8_000 + shift) * channels), decoded.AsSpan(8_000 * channels, 2_000)));
}
