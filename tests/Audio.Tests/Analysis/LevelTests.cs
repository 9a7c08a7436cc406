using QualityIngest.Samples.Sound;

namespace QualityIngest.Audio.Tests.Analysis;

public sealed class LevelTests
{
    [Theory]
    [InlineData(1.0, -3.01, 0.0)]
    [InlineData(0.5, -9.03, -6.02)]
    [InlineData(0.1, -23.01, -20.0)]
    [InlineData(0.001, -63.01, -60.0)]
    public void A_sine_has_the_level_of_its_amplitude(double amplitude, double rms, double peak)
    {
        var level = Measured.Level(Measured.Sine(amplitude, 1_000, 2, 48_000), 48_000);

        Assert.Equal(rms, level.RmsDbfs, 0.01);
        Assert.Equal(peak, level.PeakDbfs, 0.01);
    }

    [Fact]
    public void A_full_scale_square_wave_is_0_dBFS()
    {
        var level = Measured.Level([.. Enumerable.Range(0, 16_000).Select(i => i / 40 % 2 == 0 ? 1f : -1f)]);

        Assert.Equal(0, level.RmsDbfs, 1e-6);
        Assert.Equal(0, level.PeakDbfs, 1e-6);
        Assert.Equal(16_000, level.ClippedSamples);
    }

    [Fact]
    public void An_offset_counts_as_level_and_not_as_noise()
    {
        var level = Measured.Level([.. SpeechLike.Render(1, 8_000, 8_000, [], -55).Select(sample => sample + 0.25f)]);

        Assert.Equal(-12.04, level.RmsDbfs, 0.01);
        Assert.Equal(-55, level.NoiseFloorDbfs, 0.5);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(4_000)]
    [InlineData(100_000)]
    public void Digital_silence_is_120_below(int samples)
    {
        var sound = Measured.Of(new float[samples]);

        Assert.Equal(new(-120, -120, 0, -120), sound.Channels[0].Level);
        Assert.Empty(sound.Channels[0].Speech.Stretches());
        Assert.All(sound.Channels[0].Peaks.Values, peak => Assert.Equal(0, peak));
    }

    [Theory]
    [InlineData(8_000, -60)]
    [InlineData(8_000, -35)]
    [InlineData(16_000, -48)]
    [InlineData(44_100, -80)]
    public void The_noise_floor_is_the_level_of_the_noise_between_the_talk(int sampleRate, double noise)
    {
        Burst[] bursts = [new(700, 3_100), new(3_900, 6_500), new(7_000, 9_800)];

        var floor = Measured.Level(SpeechLike.Render(2, sampleRate, 11_000, bursts, noise), sampleRate).NoiseFloorDbfs;

        Assert.Equal(noise, floor, 0.3);
    }

    [Fact]
    public void What_is_no_number_is_silence_and_what_is_beyond_full_scale_is_full_scale()
    {
        var strange = Measured.Sine(0.5, 440, 3);
        (strange[100], strange[4_000], strange[9_001], strange[9_002]) = (float.NaN, float.PositiveInfinity, float.NegativeInfinity, 3e38f);
        var tame = (float[])strange.Clone();
        (tame[100], tame[4_000], tame[9_001], tame[9_002]) = (0, 1, -1, 1);

        Assert.Equal(Measured.Level(tame), Measured.Level(strange));
        Assert.Equal(new(0, 0, 800, 0), Measured.Level([.. Enumerable.Repeat(float.PositiveInfinity, 800)]) with { NoiseFloorDbfs = 0 });
        Assert.Equal(new(-120, -120, 0, -120), Measured.Level([.. Enumerable.Repeat(float.NaN, 800)]));
    }

    [Fact]
    public void In_many_channels_each_is_measured_for_itself()
    {
        float[][] channels = [.. Enumerable.Range(1, 7).Select(i => Measured.Sine(0.1 * i, 300 + 100 * i, 1.013, 11_025))];
        channels[3][5_000] = float.NaN;

        var sound = Measured.Of(SpeechLike.Interleave(channels), 7, 11_025);

        Assert.Equal(channels.Select(channel => Measured.Level(channel, 11_025)), sound.Channels.Select(channel => channel.Level));
        Assert.Equal((11_168, 1_012), (sound.Frames, sound.DurationMs));
    }
}
