using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using QualityIngest.Audio.Analysis;
using QualityIngest.Samples.Sound;

namespace QualityIngest.Audio.Tests.Analysis;

public sealed class BlockTests
{
    [Theory]
    [InlineData(1, 8_000)]
    [InlineData(2, 8_000)]
    [InlineData(2, 11_025)]
    [InlineData(3, 16_000)]
    public void How_samples_are_cut_into_blocks_makes_no_difference(int channels, int sampleRate)
    {
        var sound = SpeechLike.Interleave([.. Enumerable.Range(0, channels).Select(Channel)]);
        var whole = JsonSerializer.Serialize(Measured.Of(sound, channels, sampleRate));

        var sizes = Gen.ListOf(Gen.OneOf(Gen.Choose(0, 7), Gen.Choose(0, 500), Gen.Choose(0, 20_000))).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(25), Prop.ForAll(sizes, blocks =>
            JsonSerializer.Serialize(Measured.Of(sound, channels, sampleRate, blocks)) == whole));

        float[] Channel(int seed) => SpeechLike.Render(seed, sampleRate, 7_003, [new(500 + 200 * seed, 2_000), new(4_000, 6_900)], -50);
    }

    [Fact]
    public void The_last_frame_may_be_short_and_a_torn_one_is_left_out()
    {
        var sound = Measured.Of(new float[2 * 8_005 + 1], 2);

        Assert.Equal((8_005, 1_000, 100), (sound.Frames, sound.DurationMs, sound.Channels[0].Speech.Frames));
    }

    [Fact]
    public void What_is_finished_takes_no_more()
    {
        var analysis = new SoundAnalysis(1, 8_000);
        analysis.Finish(new("wave", "pcm16", 1, 8_000));

        Assert.Throws<ObjectDisposedException>(() => analysis.Add([0]));
        Assert.Throws<ObjectDisposedException>(() => analysis.Finish(new("wave", "pcm16", 1, 8_000)));
    }

    [Theory]
    [InlineData(0, 8_000)]
    [InlineData(9, 8_000)]
    [InlineData(1, 1_999)]
    [InlineData(1, 768_001)]
    public void What_cannot_be_measured_is_refused(int channels, int sampleRate) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SoundAnalysis(channels, sampleRate));

    [Fact]
    public void A_format_that_is_not_that_of_the_samples_is_refused() =>
        Assert.Throws<ArgumentException>(() => new SoundAnalysis(1, 8_000).Finish(new("wave", "pcm16", 2, 8_000)));
}
