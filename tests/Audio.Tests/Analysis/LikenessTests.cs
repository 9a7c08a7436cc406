using QualityIngest.Samples.Sound;

namespace QualityIngest.Audio.Tests.Analysis;

public sealed class LikenessTests
{
    private static readonly Burst[] Talk = [new(500, 3_000), new(4_000, 7_500)];

    private static readonly float[] Voice = Render(1, Talk);

    public static TheoryData<string, float[], bool> Others => new()
    {
        { "the same", Voice, true },
        { "upside down", Louder(Voice, -1), true },
        { "4 dB louder", Louder(Voice, 1.58f), true },
        { "with other noise", Render(1, Talk, -120).Zip(Render(9, [], -45), (voice, noise) => voice + noise).ToArray(), true },
        { "with another offset", [.. Voice.Select(sample => sample + 0.1f)], true },
        { "as an echo of -26 dB", Louder(Voice, 0.05f), false },
        { "another voice at the same time", Render(2, Talk), false },
        { "another voice at another time", Render(2, [new(3_000, 4_000)]), false },
        { "noise", Render(3, []), false },
        { "digital silence", new float[64_000], false },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void Two_channels_are_one_when_they_hold_the_same_sound(string name, float[] other, bool alike)
    {
        Assert.True(Measured.Of(SpeechLike.Interleave(Voice, other), 2).ChannelsIdentical == alike, name);
        Assert.True(Measured.Of(SpeechLike.Interleave(other, Voice), 2).ChannelsIdentical == alike, name);
    }

    [Fact]
    public void A_loud_announcement_in_both_does_not_make_them_one()
    {
        float[] announcement = Render(5, [new(0, 2_000, LevelDbfs: -8)]);
        float[] first = [.. announcement, .. Render(1, Talk)];
        float[] second = [.. announcement, .. Render(2, [new(3_000, 4_000), new(7_500, 8_000)])];

        Assert.False(Measured.Of(SpeechLike.Interleave(first, second), 2).ChannelsIdentical);
    }

    [Fact]
    public void Two_silent_channels_are_not_one()
    {
        Assert.False(Measured.Of(new float[32_000], 2).ChannelsIdentical);
        Assert.False(Measured.Of([], 2).ChannelsIdentical);
    }

    [Fact]
    public void A_hum_in_both_is_one_sound()
    {
        var hum = Measured.Sine(0.01, 300, 8);

        Assert.True(Measured.Of(SpeechLike.Interleave(hum, hum), 2).ChannelsIdentical);
    }

    [Fact]
    public void Only_two_channels_are_compared()
    {
        Assert.False(Measured.Of(Voice).ChannelsIdentical);
        Assert.False(Measured.Of(SpeechLike.Interleave(Voice, Voice, Voice), 3).ChannelsIdentical);
    }

    private static float[] Render(int seed, Burst[] bursts, double noise = -55) => SpeechLike.Render(seed, 8_000, 8_000, bursts, noise);

    private static float[] Louder(float[] samples, float gain) => [.. samples.Select(sample => sample * gain)];
}
