using QualityIngest.Domain.Formats;
using QualityIngest.Samples.Json;

namespace QualityIngest.Domain.Tests.Kit;

public sealed class SampleChatsTests
{
    [Fact]
    public void A_seed_always_makes_the_same_files()
    {
        var (one, two, other) = (SampleChats.Generate(7, 8), SampleChats.Generate(7, 8), SampleChats.Generate(8, 8));

        Assert.Equal(one.Objects.Select(o => (o.Key, Convert.ToBase64String(o.Bytes))), two.Objects.Select(o => (o.Key, Convert.ToBase64String(o.Bytes))));
        Assert.NotEqual(one.Objects[0].Bytes, other.Objects[0].Bytes);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(12)]
    public async Task The_expected_counts_are_what_the_parser_reads(int perFile)
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var sample = SampleChats.Generate(seed, perFile);
            var expected = sample.AfterIngestion;
            var format = new ConversationJsonFormat(Microsoft.Extensions.Options.Options.Create(new ConversationJsonOptions()));
            var files = sample.Objects.Where(o => format.Judge(new(o.Key, 1)) is not null).ToList();
            var items = new List<FormatItem>();
            foreach (var file in files)
            {
                await foreach (var item in format.Read(new MemoryStream(file.Bytes), new(file.Key, null), default))
                    items.Add(item);
            }

            Assert.Equal(expected.Files, files.Count);
            Assert.Equal(expected.Rows, items.Count);
            Assert.Equal(
                expected.RejectedByCode.Keys.Order(StringComparer.Ordinal),
                items.OfType<RejectedRow>().Select(row => Assert.Single(row.Errors).Code).Order(StringComparer.Ordinal));
            var valid = items.OfType<ValidRow>().Select(row => row.Conversation).ToList();
            Assert.Equal(expected.Conversations, valid.DistinctBy(c => (c.AgentPart, c.ExternalId)).Count());
            Assert.Equal(valid.Count - expected.Duplicate, valid.DistinctBy(c => c.ContentHash).Count());
            Assert.Equal(expected.HeldForAgent, valid.Count(c => c.AgentId == SampleChats.Unknown.ExternalId));
        }
    }
}
