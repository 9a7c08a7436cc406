namespace QualityIngest.Audio.Tests.Analysis;

public sealed class OutlineTests
{
    [Fact]
    public void A_short_sound_has_a_peak_every_10_ms()
    {
        var samples = new float[8_000];
        (samples[0], samples[85], samples[7_999]) = (-1, 0.5f, 0.0001f);

        var peaks = Measured.Of(samples).Channels[0].Peaks;

        Assert.Equal(10, peaks.BucketMs);
        Assert.Equal(100, peaks.Values.Length);
        Assert.Equal((255, 128, 0, 1), (peaks.Values[0], peaks.Values[1], peaks.Values[2], peaks.Values[99]));
    }

    [Theory]
    [InlineData(15.99, 10)]
    [InlineData(16, 10)]
    [InlineData(16.01, 20)]
    [InlineData(60, 40)]
    [InlineData(1_200, 1_280)]
    public void A_long_one_has_as_many_longer_ones(double seconds, double bucketMs)
    {
        var peaks = Measured.Of(new float[(int)Math.Round(seconds * 4_000)], sampleRate: 4_000).Channels[0].Peaks;

        Assert.Equal(bucketMs, peaks.BucketMs);
        Assert.Equal((int)Math.Ceiling(seconds * 1_000 / bucketMs), peaks.Values.Length);
        Assert.InRange(peaks.Values.Length, 800, SoundPeaks.MostValues);
    }

    [Fact]
    public void Every_bucket_holds_the_largest_sample_of_its_time()
    {
        var random = new Random(4);
        var samples = Enumerable.Range(0, 90_001).Select(_ => (float)Math.Pow(random.NextDouble(), 400)).ToArray();

        var peaks = Measured.Of(samples, sampleRate: 2_000).Channels[0].Peaks;

        var size = (int)(peaks.BucketMs * 2);
        Assert.Equal(samples.Chunk(size).Select(bucket => (byte)Math.Ceiling(bucket.Max() * 255)), peaks.Values);
    }
}
