using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Formats.Transcripts;
using QualityIngest.Samples;

namespace QualityIngest.Domain.Tests.Kit;

/// <summary>The sample promises an outcome; these tests hold the readers' part of the promise against the readers.</summary>
public sealed class SampleAgainstFormatsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_rows_that_the_sample_calls_faulty_are_refused_with_its_codes(int seed)
    {
        var bucket = SampleBucket.Generate(seed, SampleSize.Small);
        var refused = new List<string>();
        var valid = 0;
        foreach (var file in bucket.Objects.Where(o => o.Round == 1 && IsRead(o.Key)))
        {
            await foreach (var item in QualityCsv.Read(new MemoryStream(file.Bytes), new QualityCsvOptions()))
            {
                valid += item is ValidRow ? 1 : 0;
                if (item is RejectedRow row)
                    refused.Add(Assert.Single(row.Errors).Code);
            }
        }

        // What contradicts another row is not known to a reader of rows.
        var own = bucket.AfterRoundOne.RejectedByCode.Where(p => p.Key != "counterpart_conflict").ToList();
        Assert.Equal(own.OrderBy(p => p.Key, StringComparer.Ordinal), refused.CountBy(code => code).OrderBy(p => p.Key, StringComparer.Ordinal));
        Assert.Equal(bucket.AfterRoundOne.Rows - own.Sum(p => p.Value), valid);
    }

    [Fact]
    public async Task The_documents_that_the_sample_calls_broken_cannot_be_read_and_all_others_can()
    {
        var bucket = SampleBucket.Generate(1, SampleSize.Demo);
        var documents = bucket.Objects.Where(o => o.Key.EndsWith(".json", StringComparison.Ordinal)).ToDictionary(o => o.Key, o => o.Bytes);
        var (read, unreadable, recorded) = (0, 0, 0);
        foreach (var file in bucket.Objects.Where(o => o.Round == 1 && IsRead(o.Key)))
        {
            await foreach (var item in QualityCsv.Read(new MemoryStream(file.Bytes), new QualityCsvOptions()))
            {
                if (item is not ValidRow { Conversation: { Transcript: { } locator } row })
                {
                    recorded += item is ValidRow ? 1 : 0;
                    continue;
                }

                var key = locator.StartsWith(SampleBucket.Prefix, StringComparison.Ordinal) ? locator : SampleBucket.Prefix + locator;
                var outcome = documents.TryGetValue(key, out var bytes) ? await Read(row, bytes) : null;
                if (outcome is Transcript transcript)
                {
                    read++;
                    Assert.InRange(transcript.Utterances.Count, 8, 60);
                    Assert.DoesNotContain(transcript.Utterances, u => u.StartMs < 0 || u.StartMs > (row.EndedAt - row.StartedAt).TotalMilliseconds);
                }
                else
                {
                    unreadable++;
                }
            }
        }

        Assert.Equal(3, unreadable);
        Assert.Equal(18, recorded);
        Assert.Equal(bucket.AfterRoundOne.Rows - bucket.AfterRoundOne.Rejected, read + unreadable + recorded - 1); // One of them contradicts its other half.
    }

    private static bool IsRead(string key) => key.EndsWith(".csv", StringComparison.Ordinal) && !key.EndsWith("/test.csv", StringComparison.Ordinal);

    private static Task<TranscriptOutcome> Read(ParsedConversation row, byte[] bytes)
    {
        var context = new TranscriptContext { StartedAt = row.StartedAt, EndedAt = row.EndedAt, AgentChannel = row.AgentChannel, CustomerChannel = row.CustomerChannel };
        return row.Channel == Channel.Chat ? ChatScript.ReadAsync(new MemoryStream(bytes), context) : VoiceTranscript.ReadAsync(new MemoryStream(bytes), context);
    }
}
