using QualityIngest.Samples.Sound;

namespace QualityIngest.Audio.Tests.Analysis;

public sealed class SpeechTests
{
    private const int EdgeMs = 50;

    public static TheoryData<int, double, double> Lines
    {
        get
        {
            var lines = new TheoryData<int, double, double>();
            foreach (var sampleRate in new[] { 8_000, 16_000, 44_100 })
            {
                foreach (var noise in new[] { SpeechLike.Clean, -60.0, -50, -42, -35 })
                {
                    foreach (var level in new[] { -14.0, -20, -28, -36 })
                    {
                        if (level - noise >= 14) lines.Add(sampleRate, noise, level);
                    }
                }
            }
            return lines;
        }
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void Each_stretch_of_speech_is_found_within_50_ms(int sampleRate, double noise, double level)
    {
        var bursts = Bursts(seed: 7, untilMs: 20_000, level);

        AreFound(bursts, SpeechLike.Render(11, sampleRate, 21_000, bursts, noise), sampleRate);
    }

    [Fact]
    public void An_offset_makes_no_difference()
    {
        var bursts = Bursts(seed: 3, untilMs: 14_000, level: -30);
        var samples = SpeechLike.Render(4, 8_000, 15_000, bursts, -55);

        AreFound(bursts, [.. samples.Select(sample => sample - 0.4f)], 8_000);
    }

    [Fact]
    public void A_hum_of_the_mains_makes_no_difference()
    {
        var bursts = Bursts(seed: 3, untilMs: 14_000, level: -24);
        var hum = Measured.Sine(0.05, 50, 15);

        AreFound(bursts, [.. SpeechLike.Render(4, 8_000, 15_000, bursts, -55).Select((sample, i) => sample + hum[i])], 8_000);
    }

    [Fact]
    public void A_telephone_line_that_is_dead_before_it_hisses_makes_no_difference()
    {
        Burst[] bursts = [new(8_200, 10_000), new(11_000, 14_000), new(14_600, 16_000)];
        var samples = SpeechLike.Render(8, 8_000, 18_000, bursts, -45);
        samples.AsSpan(0, 16_000).Clear();

        AreFound(bursts, samples, 8_000);
    }

    [Fact]
    public void Speech_of_three_loudnesses_is_all_found()
    {
        Burst[] bursts = [new(1_000, 3_000, -12), new(3_600, 5_200, -34), new(6_000, 9_000, -22), new(9_400, 9_800, -30)];

        AreFound(bursts, SpeechLike.Render(5, 8_000, 11_000, bursts, -54), 8_000);
    }

    [Fact]
    public void Who_speaks_from_the_first_sample_to_the_last_is_found()
    {
        Burst[] all = [new(0, 9_995)];

        AreFound(all, SpeechLike.Render(6, 8_000, 9_995, all, -50), 8_000);
    }

    [Fact]
    public void Noise_alone_is_no_speech()
    {
        foreach (var noise in new[] { -70.0, -50, -34 })
            Assert.Empty(Measured.Of(SpeechLike.Render(2, 8_000, 120_000, [], noise)).Channels[0].Speech.Stretches());
    }

    [Fact]
    public void Noise_that_rises_for_good_is_no_speech()
    {
        var samples = SpeechLike.Render(2, 8_000, 30_000, [], -60);
        var louder = SpeechLike.Render(3, 8_000, 18_000, [], -40);
        louder.CopyTo(samples, 12 * 8_000);

        Assert.InRange(Measured.Of(samples).Channels[0].Speech.Stretches().Sum(stretch => stretch.To - stretch.From), 0, 100);
    }

    [Fact]
    public void A_click_is_no_speech()
    {
        var samples = SpeechLike.Render(2, 8_000, 10_000, [], -55);
        for (var at = 8_000; at < 72_000; at += 8_000)
            Measured.Sine(0.8, 900, 0.03).CopyTo(samples, at + at / 100);

        Assert.Empty(Measured.Of(samples).Channels[0].Speech.Stretches());
    }

    [Fact]
    public void The_trail_of_a_loud_sound_is_no_speech()
    {
        Burst[] bursts = [new(1_000, 3_000), new(4_000, 6_000)];
        var samples = SpeechLike.Render(1, 8_000, 8_000, [.. bursts, new(920, 1_080, -54), new(2_920, 3_080, -54), new(5_920, 6_080, -54)]);

        AreFound(bursts, samples, 8_000);
    }

    [Fact]
    public void A_pause_shorter_than_200_ms_is_of_the_speech()
    {
        Burst[] bursts = [new(1_000, 2_000), new(2_150, 3_000), new(3_250, 4_000)];

        AreFound([new(1_000, 3_000), new(3_250, 4_000)], SpeechLike.Render(1, 8_000, 5_000, bursts, -50), 8_000);
    }

    [Theory]
    [InlineData(0.9)]
    [InlineData(0.1)]
    public void A_tone_that_is_loud_enough_is_taken_for_speech_however_long(double amplitude)
    {
        float[] samples = [.. new float[16_000], .. Measured.Sine(amplitude, 440, 30), .. new float[16_000]];

        Assert.Equal([(2_000, 32_000)], Measured.Of(samples).Channels[0].Speech.Stretches());
    }

    private static void AreFound(IReadOnlyList<Burst> bursts, float[] samples, int sampleRate)
    {
        var found = Measured.Of(samples, 1, sampleRate).Channels[0].Speech.Stretches();

        Assert.Equal(bursts.Count, found.Count);
        foreach (var (burst, (from, to)) in bursts.Zip(found))
        {
            Assert.InRange(from, burst.FromMs - EdgeMs, burst.FromMs + EdgeMs);
            Assert.InRange(to, burst.ToMs - EdgeMs, burst.ToMs + EdgeMs);
        }
    }

    private static List<Burst> Bursts(int seed, double untilMs, double level)
    {
        var random = new Random(seed);
        var bursts = new List<Burst>();
        for (var at = 300.0 + random.Next(900); at < untilMs - 500; at += random.Next(300, 1_500))
        {
            var burst = new Burst(at, Math.Min(untilMs, at + random.Next(250, 4_000)), level, random.Next(90, 230));
            bursts.Add(burst);
            at = burst.ToMs;
        }
        return bursts;
    }
}
