using QualityIngest.Audio;
using QualityIngest.Domain.Conversations;

namespace QualityIngest.Domain.Tests.Conversations;

public sealed class WaveformTests
{
    [Fact]
    public void A_stereo_recordings_channels_become_the_parties_that_the_row_names()
    {
        var stereo = Heard(1_000, Channel(100, [10, 20, 30, 40, 50, 60, 70, 80, 90, 100], "..####..."), Channel(100, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], "....####"));

        var waveform = Waveform.Of(stereo, agentChannel: 1, customerChannel: 0);

        Assert.Equal((1_000, 100), (waveform.DurationMs, waveform.BucketMs));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], waveform.Agent.Peaks);
        Assert.Equal([10, 20, 30, 40, 50, 60, 70, 80, 90, 100], waveform.Customer.Peaks);
        Assert.Equal([new(40, 80)], waveform.Agent.Speech);
        Assert.Equal([new(20, 60)], waveform.Customer.Speech);
        Assert.Equal([new(40, 60)], waveform.Overtalk);
    }

    [Fact]
    public void Two_recordings_of_unequal_length_and_buckets_share_one_axis()
    {
        var agent = Heard(400, Channel(100, [10, 20, 30, 40], "####"));
        var customer = Heard(900, Channel(150, [1, 2, 3, 4, 5, 6], ""));

        var waveform = Waveform.Of(agent, customer);

        Assert.Equal((900, 100), (waveform.DurationMs, waveform.BucketMs));
        Assert.Equal([10, 20, 30, 40, 0, 0, 0, 0, 0], waveform.Agent.Peaks);
        // The second 100 ms touch the first and the second 150.
        Assert.Equal([1, 2, 2, 3, 4, 4, 5, 6, 6], waveform.Customer.Peaks);
        Assert.Empty(waveform.Customer.Speech);
        Assert.Empty(waveform.Overtalk);
    }

    [Theory]
    [InlineData(14_400_000, 10.0)]
    [InlineData(14_400_000, 7031.25)]
    [InlineData(1_600_001, 33.3)]
    [InlineData(1, 12.5)]
    [InlineData(0, 12.5)]
    public void However_long_the_call_the_peaks_are_bounded_and_none_is_lost(long durationMs, double bucketMs)
    {
        var values = new byte[(int)Math.Ceiling(durationMs / bucketMs)];
        if (values.Length > 0)
            values[^1] = 255;
        var sound = Heard(durationMs, Channel(bucketMs, values, ""), Channel(bucketMs, new byte[values.Length], ""));

        var waveform = Waveform.Of(sound, 0, 1);

        Assert.InRange(waveform.Agent.Peaks.Count, durationMs > 0 ? 1 : 0, Waveform.MaxBuckets);
        Assert.Equal(waveform.Agent.Peaks.Count, waveform.Customer.Peaks.Count);
        Assert.InRange(waveform.BucketMs * waveform.Agent.Peaks.Count, durationMs, durationMs + waveform.BucketMs);
        if (durationMs > 0)
            Assert.Equal(255, waveform.Agent.Peaks[^1]);
        Assert.All(waveform.Customer.Peaks, peak => Assert.Equal(0, peak));
    }

    [Fact]
    public void Speech_ends_where_the_recording_ends()
    {
        var sound = Heard(35, Channel(10, [9, 9, 9, 9], "..##"), Channel(10, [0, 0, 0, 0], ""));

        Assert.Equal([new(20, 35)], Waveform.Of(sound, 0, 1).Agent.Speech);
    }

    [Fact]
    public void Of_too_many_intervals_the_nearest_are_joined()
    {
        IReadOnlyList<Interval> intervals = [new(0, 10), new(15, 20), new(100, 110), new(112, 120), new(500, 510)];

        Assert.Equal(intervals, Intervals.AtMost(5, intervals));
        Assert.Equal([new(0, 10), new(15, 20), new(100, 120), new(500, 510)], Intervals.AtMost(4, intervals));
        Assert.Equal([new(0, 20), new(100, 120), new(500, 510)], Intervals.AtMost(3, intervals));
        Assert.Equal([new(0, 510)], Intervals.AtMost(1, intervals));
    }

    [Fact]
    public void Where_both_channels_hold_one_sound_nobody_talks_over_anybody()
    {
        var sound = Heard(40, Channel(10, [9, 9, 9, 9], ".##."), Channel(10, [9, 9, 9, 9], ".##.")) with { ChannelsIdentical = true };

        var waveform = WaveformJson.Read(WaveformJson.Write(Waveform.Of(sound, 0, 1)));

        Assert.Equal((false, 0), (waveform.PartiesKnown, waveform.Overtalk.Count));
        Assert.Equal([new(10, 30)], waveform.Customer.Speech);
    }

    [Fact]
    public void What_was_stored_without_a_word_on_its_parties_knows_them()
    {
        var sound = Heard(40, Channel(10, [9, 9, 9, 9], ".##."), Channel(10, [0, 0, 0, 0], "..##"));
        var json = WaveformJson.Write(Waveform.Of(sound, 0, 1));

        Assert.True(WaveformJson.Read(json.Replace(",\"partiesKnown\":true", "", StringComparison.Ordinal)).PartiesKnown);
    }

    [Fact]
    public void A_waveform_is_stored_and_read_back_and_stays_small()
    {
        var restless = string.Concat(Enumerable.Repeat("#.", 720_000));
        var sound = Heard(14_400_000, Channel(1_000, [.. Enumerable.Range(0, 14_400).Select(i => (byte)i)], restless), Channel(1_000, new byte[14_400], restless));
        var waveform = Waveform.Of(sound, 0, 1);

        var json = WaveformJson.Write(waveform);
        var read = WaveformJson.Read(json);

        Assert.InRange(json.Length, 1, 60_000);
        Assert.Equal((waveform.DurationMs, waveform.BucketMs), (read.DurationMs, read.BucketMs));
        Assert.Equal(waveform.Agent.Peaks, read.Agent.Peaks);
        Assert.Equal(waveform.Agent.Speech, read.Agent.Speech);
        Assert.Equal(waveform.Customer.Speech, read.Customer.Speech);
        Assert.Equal(waveform.Overtalk, read.Overtalk);
        Assert.Equal(Waveform.MaxIntervals, read.Overtalk.Count);
    }

    private static Sound Heard(long durationMs, params SoundChannel[] channels) =>
        new(new("wave", "pcm16", channels.Length, 8_000), durationMs * 8, durationMs, channels, false);

    /// <summary>A channel with its peaks and, a letter each 10 ms, its speech.</summary>
    private static SoundChannel Channel(double bucketMs, byte[] peaks, string speech)
    {
        var bits = new byte[(speech.Length + 7) / 8];
        for (var i = 0; i < speech.Length; i++)
            bits[i / 8] |= (byte)(speech[i] == '#' ? 1 << (i % 8) : 0);
        return new(new(-20, -3, 0, -60), new(speech.Length, bits), new(bucketMs, peaks));
    }
}
