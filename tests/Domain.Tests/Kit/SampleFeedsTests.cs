using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Formats.Feeds;
using QualityIngest.Samples.Feeds;

namespace QualityIngest.Domain.Tests.Kit;

public sealed class SampleFeedsTests
{
    [Fact]
    public void A_seed_always_makes_the_same_files()
    {
        var (one, two, other) = (SampleFeeds.Generate(7, 8), SampleFeeds.Generate(7, 8), SampleFeeds.Generate(8, 8));

        Assert.Equal(one.Objects.Select(o => (o.Key, Convert.ToBase64String(o.Bytes))), two.Objects.Select(o => (o.Key, Convert.ToBase64String(o.Bytes))));
        Assert.NotEqual(one.Objects[0].Bytes, other.Objects[0].Bytes);
    }

    [Fact]
    public async Task The_expected_counts_are_what_the_readers_read()
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var sample = SampleFeeds.Generate(seed, 12);
            var messages = await Read(sample, FeedKind.HistoricalTranscripts);
            var calls = await Read(sample, FeedKind.CallCenterIssues);
            var sales = await Read(sample, FeedKind.SalesMethodsAttribution);

            Assert.Equal((sample.Messages, sample.Conversations), (messages.Count, messages.DistinctBy(row => ((FeedRow)row).Values[0]).Count()));
            Assert.Equal(["end_before_start"], calls.OfType<RejectedRow>().Select(row => Assert.Single(row.Errors).Code));
            Assert.Equal((sample.CallRecords, sample.CallRecords + 2), (calls.OfType<FeedRow>().DistinctBy(row => row.Values[1]).Count(), calls.Count));
            Assert.All(calls.OfType<FeedRow>(), row => Assert.Equal("""{"site":"Leeds"}""", row.Attributes));
            Assert.All(sales, row => Assert.Empty(Assert.IsType<FeedRow>(row).Warnings));
        }
    }

    private static async Task<List<FormatItem>> Read(SampleFeeds sample, FeedKind kind)
    {
        var items = new List<FormatItem>();
        foreach (var file in sample.Objects.Where(o => o.Bytes.Length > 0))
        {
            var read = FeedFile.Of(file.Key[SampleFeeds.Prefix.Length..], kind: null).Value;
            if (read.Schema.Kind != kind)
                continue;
            await foreach (var item in read.Read(new MemoryStream(file.Bytes), default))
                items.Add(item);
        }

        return items;
    }
}
