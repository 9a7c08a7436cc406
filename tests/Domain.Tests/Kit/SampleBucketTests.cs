using System.Text;
using System.Text.Json;
using QualityIngest.Samples;

namespace QualityIngest.Domain.Tests.Kit;

public sealed class SampleBucketTests
{
    [Fact]
    public void A_seed_always_makes_the_same_bucket()
    {
        var (one, two, other) = (Generate(7), Generate(7), Generate(8));

        Assert.Equal(one.Objects.Select(o => (o.Key, o.Round, Convert.ToBase64String(o.Bytes))), two.Objects.Select(o => (o.Key, o.Round, Convert.ToBase64String(o.Bytes))));
        Assert.NotEqual(one.Objects[0].Bytes, other.Objects[0].Bytes);

        static SampleBucket Generate(int seed) => SampleBucket.Generate(seed, SampleSize.Small);
    }

    [Theory]
    [InlineData(2, 12)]
    [InlineData(4, 40)]
    public void The_expected_rows_are_the_rows_of_the_files(int days, int rows)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var bucket = SampleBucket.Generate(seed, new(days, rows));
            var one = Files(bucket, rounds: 1);
            var two = Files(bucket, rounds: 2);

            Assert.Equal((bucket.AfterRoundOne.Files, bucket.AfterRoundOne.Rows), (one.Count, one.Values.Sum(Lines)));
            Assert.Equal((bucket.AfterRoundTwo.Files, bucket.AfterRoundTwo.Rows), (two.Count, two.Values.Sum(Lines)));
        }
    }

    [Fact]
    public void The_demo_holds_a_few_hundred_conversations_and_every_mishap()
    {
        var (one, two) = (SampleBucket.Generate(1, SampleSize.Demo).AfterRoundOne, SampleBucket.Generate(1, SampleSize.Demo).AfterRoundTwo);

        Assert.Equal(new { Files = 8, Rows = 330, Accepted = 302, Held = 18, Duplicate = 3, Rejected = 7, Completed = 299, Failed = 3, HeldForQueue = 16, HeldForAgent = 2 },
            new { one.Files, one.Rows, one.Accepted, one.Held, one.Duplicate, one.Rejected, one.Completed, one.Failed, one.HeldForQueue, one.HeldForAgent });
        Assert.Equal(["end_not_after_start", "not_supported_yet", "recording_type_not_allowed", "timestamp_invalid", "timestamp_without_zone", "too_long"],
            one.RejectedByCode.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((9, one.Completed + 3 + 19, one.HeldForQueue + 1, one.Conversations + 23), (two.Files, two.Completed, two.HeldForQueue, two.Conversations));
    }

    [Fact]
    public void Voice_transcripts_are_what_a_recogniser_writes()
    {
        var documents = SampleBucket.Generate(3, SampleSize.Small).Objects.Where(o => o.Key.Contains("/transcripts/", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(documents);
        foreach (var document in documents)
        {
            using var json = JsonDocument.Parse(document.Bytes);
            var phrases = json.RootElement.GetProperty("recognizedPhrases").EnumerateArray().Where(p => p.GetProperty("recognitionStatus").GetString() == "Success").ToList();
            Assert.InRange(phrases.Count, 10, 100);
            Assert.Equal([0, 1], phrases.Select(p => p.GetProperty("channel").GetInt32()).Distinct().Order());
            Assert.All(phrases, p => Assert.DoesNotContain("{", p.GetProperty("nBest").EnumerateArray().Last().GetProperty("display").GetString(), StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_large_bucket_streams_documents_before_the_file_that_names_them()
    {
        var objects = SampleBucket.Stream(seed: 1, rows: 50, rowsPerFile: 30).ToList();

        Assert.Equal(52, objects.Count);
        Assert.All(objects.Take(50), o => Assert.EndsWith(".json", o.Key, StringComparison.Ordinal));
        Assert.Equal([30, 20], objects.Skip(50).Select(o => Lines(o.Bytes)));
    }

    private static Dictionary<string, byte[]> Files(SampleBucket bucket, int rounds)
    {
        var files = new Dictionary<string, byte[]>();
        foreach (var file in bucket.Objects.Where(o => o.Round <= rounds && o.Key.EndsWith(".csv", StringComparison.Ordinal) && !o.Key.EndsWith("/test.csv", StringComparison.Ordinal)))
            files[file.Key] = file.Bytes;
        return files;
    }

    private static int Lines(byte[] csv) => Encoding.UTF8.GetString(csv).Count(c => c == '\n') - 1;
}
