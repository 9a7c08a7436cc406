namespace QualityIngest.Audio.Tests.Analysis;

public sealed class ClippingTests
{
    [Theory]
    [InlineData(1f)]
    [InlineData(32_767 / 32_768f)]
    [InlineData(127 / 128f)]
    [InlineData(32_256 / 32_768f)]
    [InlineData(32_124 / 32_768f)]
    public void A_sine_cut_at_the_largest_value_of_a_codec_is_clipped(float most)
    {
        var samples = Measured.Sine(1.5, 200, 2).Select(sample => Math.Clamp(sample, -most, most)).ToArray();

        Assert.Equal(samples.Count(sample => Math.Abs(sample) == most), Measured.Level(samples).ClippedSamples);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(441)]
    [InlineData(1_000)]
    public void A_sine_that_just_reaches_full_scale_is_not(double hertz) =>
        Assert.Equal(0, Measured.Level(Measured.Sine(1, hertz, 2)).ClippedSamples);

    [Fact]
    public void One_or_two_samples_at_full_scale_are_not_clipping_three_are()
    {
        float[] samples = [0, 1, 0, 1, 1, 0, 1, 1, 1, 0, -1, -1, -1, -1, 1, 1, 0.97f, 0.97f, 0.97f, 0.97f];

        Assert.Equal(7, Measured.Level(samples).ClippedSamples);
    }

    [Fact]
    public void A_run_goes_on_from_frame_to_frame()
    {
        var samples = new float[240];
        samples.AsSpan(78, 4).Fill(1);
        samples.AsSpan(159, 2).Fill(-1);

        Assert.Equal(4, Measured.Level(samples).ClippedSamples);
    }

    [Fact]
    public void Each_channel_has_runs_of_its_own()
    {
        var interleaved = new float[1_000];
        for (var i = 100; i < 140; i++) interleaved[i] = i % 2 == 0 ? 1 : i % 4 == 1 ? 1 : 0;

        var sound = Measured.Of(interleaved, 2);

        Assert.Equal([20L, 0L], sound.Channels.Select(channel => channel.Level.ClippedSamples));
    }
}
