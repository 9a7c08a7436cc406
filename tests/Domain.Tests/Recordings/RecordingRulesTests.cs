using QualityIngest.Audio;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Ingest;
using static QualityIngest.Domain.Tests.Recordings.Sounds;

namespace QualityIngest.Domain.Tests.Recordings;

public sealed class RecordingRulesTests
{
    [Theory]
    [InlineData(RecordingSide.Stereo, 1, "not_stereo")]
    [InlineData(RecordingSide.Stereo, 2, null)]
    [InlineData(RecordingSide.Stereo, 3, "not_stereo")]
    [InlineData(RecordingSide.Stereo, 8, "not_stereo")]
    [InlineData(RecordingSide.Agent, 1, null)]
    [InlineData(RecordingSide.Agent, 2, "mixed_mono")]
    [InlineData(RecordingSide.Customer, 6, "mixed_mono")]
    public void A_recording_has_a_channel_for_each_of_its_parties(RecordingSide side, int channels, string? code)
    {
        var fault = RecordingRules.Fault(Of(1_000, [.. Enumerable.Repeat(Channel(1_000), channels)]), side);

        Assert.Equal(code, fault?.Code);
        Assert.False(fault?.Retryable ?? false);
    }

    [Fact]
    public void Two_recordings_of_the_same_sound_are_one_recording_of_both_parties()
    {
        Assert.Equal("mixed_mono", RecordingRules.Fault(Of(1_000, Channel(1_000, (0, 500))), Of(1_000, Channel(1_000, (0, 500))))?.Code);
        Assert.Null(RecordingRules.Fault(Of(1_000, Channel(1_000, (0, 500))), Of(2_000, Channel(2_000, (0, 500)))));
        Assert.Null(RecordingRules.Fault(Of(1_000, Channel(1_000)), Of(1_000, Channel(1_000))));
        Assert.Null(RecordingRules.Fault(Of(1_000, Channel(1_000, (0, 500))), Of(1_000, Loud(Channel(1_000, (0, 500))))));

        static SoundChannel Loud(SoundChannel channel) => channel with { Peaks = channel.Peaks with { Values = [.. channel.Peaks.Values.Select(_ => (byte)9)] } };
    }

    [Theory]
    [InlineData(10_000, 15_000, false)]
    [InlineData(10_000, 15_001, true)]
    [InlineData(10_000, 5_000, false)]
    [InlineData(10_000, 4_999, true)]
    [InlineData(600_000, 630_000, false)]
    [InlineData(600_000, 630_001, true)]
    [InlineData(600_000, 0, true)]
    public void Lengths_differ_by_more_than_five_seconds_and_a_twentieth(long durationMs, long recordingMs, bool differs) =>
        Assert.Equal(differs, RecordingRules.LengthDiffers(recordingMs, durationMs));
}
