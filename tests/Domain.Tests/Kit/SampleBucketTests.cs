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

        Assert.Equal(new { Files = 10, Rows = 348, Accepted = 315, Held = 23, Duplicate = 3, Rejected = 7, Completed = 308, Failed = 7, HeldForQueue = 17, HeldForAgent = 2, HeldForCounterpart = 2 },
            new { one.Files, one.Rows, one.Accepted, one.Held, one.Duplicate, one.Rejected, one.Completed, one.Failed, one.HeldForQueue, one.HeldForAgent, one.HeldForCounterpart });
        Assert.Equal(["counterpart_conflict", "end_not_after_start", "mixed_mono", "recording_type_not_allowed", "timestamp_invalid", "timestamp_without_zone", "too_long"],
            one.RejectedByCode.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(
            (11, one.Completed + 3 + 19 + 1, one.HeldForQueue + 1, one.HeldForCounterpart - 1, one.Conversations + 23),
            (two.Files, two.Completed, two.HeldForQueue, two.HeldForCounterpart, two.Conversations));
    }

    [Fact]
    public void Recordings_are_as_long_as_their_rows_say_and_small()
    {
        var bucket = SampleBucket.Generate(5, SampleSize.Small);
        var sounds = bucket.Objects.Where(o => o.Key.Contains("/recordings/", StringComparison.Ordinal)).ToDictionary(o => Path.GetFileNameWithoutExtension(o.Key), o => o.Bytes);

        Assert.InRange(sounds.Values.Sum(bytes => bytes.Length), 1_000_000, 12_000_000);
        Assert.Equal(10, bucket.Recordings.Count);
        Assert.All(bucket.Recordings, call =>
        {
            Assert.InRange(call.DurationMs, 3_000, 120_000);
            Assert.InRange(call.AgentTalkMs, 500, call.DurationMs);
            Assert.Equal(call.IsStereo ? 1 : 2, sounds.Keys.Count(name => name.StartsWith(call.ConversationId, StringComparison.Ordinal)));
        });
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
            Assert.InRange(phrases.Count, 3, 100); // Recorded calls may break off after a few turns.
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
