using QualityIngest.Audio;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Formats;
using static QualityIngest.Domain.Tests.Recordings.Sounds;
using Channel = QualityIngest.Domain.Formats.Channel;

namespace QualityIngest.Domain.Tests.Conversations;

/// <summary>Where there is sound, it tells who speaks when, and words count what is said.</summary>
public sealed class CallSoundTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    // 0    1    2    3    4    5    6    7    8    9    10
    //      AAAAAAAAAAAAAAA               AAAAA
    //                CCCCCCCCC
    private static readonly SoundChannel Agent = Channel(10_000, (1_000, 4_000), (7_000, 8_000));
    private static readonly SoundChannel Customer = Channel(10_000, (3_000, 5_000));

    [Fact]
    public void A_stereo_call_is_measured_by_its_channels()
    {
        var metrics = Measure(CallSound.Of(Of(10_000, Agent, Customer), 0, 1));

        Assert.Equal((12_000, 10_000), (metrics.DurationMs, metrics.RecordingMs));
        Assert.Equal((4_000, 2_000, 1_000), (metrics.AgentTalkMs, metrics.CustomerTalkMs, metrics.OvertalkMs));
        Assert.Equal((5_000, 2_000, 1), (metrics.SilenceMs, metrics.LongestSilenceMs, metrics.Interruptions));
        Assert.Equal((3, null, 2_000), (metrics.Turns, metrics.FirstResponseMs, metrics.MeanResponseMs));
        Assert.Equal((0.6667, 0.3333), (metrics.AgentTalkShare, metrics.CustomerTalkShare));
        Assert.Equal((-21.0, -3.0, 7, -60.0), (metrics.AgentRmsDbfs, metrics.AgentPeakDbfs, metrics.AgentClippedSamples, metrics.AgentNoiseFloorDbfs));
        Assert.Equal((0, 0, null, null), (metrics.Utterances, metrics.AgentWords, metrics.AgentWordsPerMinute, metrics.CustomerWordsPerMinute));
    }

    [Fact]
    public void The_channels_are_the_parties_that_the_row_says()
    {
        var metrics = Measure(CallSound.Of(Of(10_000, Customer, Agent), 1, 0));

        Assert.Equal((4_000, 2_000), (metrics.AgentTalkMs, metrics.CustomerTalkMs));
    }

    [Fact]
    public void Two_recordings_begin_together_and_the_longer_one_counts()
    {
        var metrics = Measure(CallSound.Of(Of(10_000, Agent), Of(6_000, Channel(6_000, (3_000, 5_000)))));

        Assert.Equal((10_000, 5_000, 1_000), (metrics.RecordingMs, metrics.SilenceMs, metrics.OvertalkMs));
    }

    [Fact]
    public void Words_come_from_the_transcript_and_their_rate_from_the_sound()
    {
        var metrics = Measure(
            CallSound.Of(Of(10_000, Agent, Customer), 0, 1),
            new Utterance(0, SpeakerRole.Agent, null, 0, 60_000, null, "one two three four", null, null));

        Assert.Equal((1, 4, 4_000, 60.0), (metrics.Utterances, metrics.AgentWords, metrics.AgentTalkMs, metrics.AgentWordsPerMinute));
        Assert.Equal(0.0, metrics.CustomerWordsPerMinute);
        Assert.Equal(3, metrics.Turns);
    }

    [Fact]
    public void Channels_of_the_same_sound_do_not_tell_who_talks()
    {
        var metrics = Measure(CallSound.Of(Of(10_000, Agent, Agent) with { ChannelsIdentical = true }, 0, 1));

        Assert.Equal((null, null, null, null), (metrics.AgentTalkMs, metrics.CustomerTalkMs, metrics.OvertalkMs, metrics.Interruptions));
        Assert.Equal((null, null, null, 0), (metrics.AgentTalkShare, metrics.CustomerTalkShare, metrics.MeanResponseMs, metrics.Turns));
        Assert.Equal((6_000, 10_000), (metrics.SilenceMs, metrics.RecordingMs));
    }

    [Fact]
    public void One_channel_for_both_tells_length_level_and_silence_and_leaves_the_words()
    {
        var sound = CallSound.Of(Of(10_000, Agent));
        var metrics = Measure(
            sound,
            new Utterance(0, SpeakerRole.Agent, null, 0, null, null, "one two three four", null, null),
            new Utterance(1, SpeakerRole.Customer, null, 5_000, null, null, "five", null, null));

        Assert.Equal((10_000, 6_000), (metrics.RecordingMs, metrics.SilenceMs));
        Assert.Equal((-21.0, -21.0), (metrics.AgentRmsDbfs, metrics.CustomerRmsDbfs));
        Assert.Equal((null, null, null), (metrics.AgentTalkMs, metrics.CustomerTalkMs, metrics.OvertalkMs));
        Assert.Equal((4, 1, 2, 2), (metrics.AgentWords, metrics.CustomerWords, metrics.Utterances, metrics.Turns));
        Assert.False(sound.Waveform.PartiesKnown);
        Assert.Equal(sound.Waveform.Agent.Speech, sound.Waveform.Customer.Speech);
        Assert.Empty(sound.Waveform.Overtalk);
    }

    [Fact]
    public void Where_nobody_talks_nobody_has_a_share()
    {
        var metrics = Measure(CallSound.Of(Of(10_000, Channel(10_000), Channel(10_000)), 0, 1));

        Assert.Equal((0, 0, 10_000), (metrics.AgentTalkMs, metrics.CustomerTalkMs, metrics.SilenceMs));
        Assert.Equal((null, null), (metrics.AgentTalkShare, metrics.CustomerTalkShare));
    }

    private static Metrics Measure(CallSound sound, params Utterance[] said) =>
        Measures.Of(Channel.Voice, Start, Start.AddSeconds(12), said is [] ? null : said, sound);
}
