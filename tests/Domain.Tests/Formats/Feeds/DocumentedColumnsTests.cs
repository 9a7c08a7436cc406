using QualityIngest.Domain.Formats.Feeds;
using QualityIngest.TestKit;

namespace QualityIngest.Domain.Tests.Formats.Feeds;

public sealed class DocumentedColumnsTests
{
    [Theory]
    [InlineData(FeedKind.CallCenterIssues)]
    [InlineData(FeedKind.HistoricalTranscripts)]
    [InlineData(FeedKind.SalesMethodsAttribution)]
    public void The_page_of_feeds_has_the_columns_in_their_order(FeedKind kind)
    {
        var page = File.ReadAllText(Path.Combine(Checkout.Root, "docs", "feeds.md"));
        var columns = FeedSchema.Of(kind).Columns.Select(column => column.Required ? $"**`{column.Name}`**" : $"`{column.Name}`");

        Assert.Contains($"| {string.Join(", ", columns)} |", page, StringComparison.Ordinal);
    }
}
