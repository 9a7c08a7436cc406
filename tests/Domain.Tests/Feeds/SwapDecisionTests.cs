using QualityIngest.Domain.Feeds;
using QualityIngest.Domain.Formats.Feeds;

namespace QualityIngest.Domain.Tests.Feeds;

public sealed class SwapDecisionTests
{
    private static readonly DateTimeOffset Noon = new(2025, 6, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Batch = Guid.NewGuid();

    [Fact]
    public void An_increment_retires_that_of_its_partition_alone()
    {
        var (former, other) = (Shown(10, rows: 4), Shown(11, rows: 7));

        var decision = SwapDecision.Decide(Import(10), 5, [former, other]);

        Assert.True(decision.Shown);
        Assert.Equal([former], decision.Retired);
        Assert.Equal((11, 12), (decision.RowsBefore, decision.RowsAfter));
    }

    [Fact]
    public void An_increment_that_was_sealed_before_the_shown_one_of_its_partition_is_covered() =>
        Assert.False(SwapDecision.Decide(Import(10, sealedAt: Noon.AddHours(-1)), 5, [Shown(10)]).Shown);

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, false)]
    [InlineData(11, true)]
    public void A_snapshot_covers_the_increments_up_to_its_date(int day, bool shown) =>
        Assert.Equal(shown, SwapDecision.Decide(Import(day), 1, [Shown(10, snapshot: true)]).Shown);

    [Fact]
    public void A_snapshot_retires_the_former_one_and_the_increments_up_to_its_date()
    {
        var (snapshot, before, same, after) = (Shown(8, snapshot: true, rows: 9), Shown(9), Shown(10), Shown(11, rows: 2));

        var decision = SwapDecision.Decide(Import(10, snapshot: true), 3, [snapshot, before, same, after]);

        Assert.True(decision.Shown);
        Assert.Equal([snapshot, before, same], decision.Retired);
        Assert.Equal((13, 5), (decision.RowsBefore, decision.RowsAfter));
    }

    [Theory]
    [InlineData(9, 1, false)]
    [InlineData(10, -1, false)]
    [InlineData(10, 0, true)]
    [InlineData(10, 1, true)]
    [InlineData(11, -1, true)]
    public void Of_two_snapshots_the_later_date_counts_and_then_the_later_marker(int day, int hours, bool shown) =>
        Assert.Equal(shown, SwapDecision.Decide(Import(day, snapshot: true, Noon.AddHours(hours)), 1, [Shown(10, snapshot: true)]).Shown);

    [Theory]
    [InlineData(10, 5, false)]
    [InlineData(10, 4, true)]
    [InlineData(11, 6, false)]
    [InlineData(11, 5, true)]
    [InlineData(0, 0, false)]
    public void Less_than_half_of_the_rows_is_a_shrunken_feed(long before, long after, bool shrinks) =>
        Assert.Equal(shrinks, SwapDecision.Decide(Import(10, snapshot: true), after, before == 0 ? [] : [Shown(9, snapshot: true, rows: before)]).Shrinks);

    private static FeedImport Import(int day, bool snapshot = false, DateTimeOffset? sealedAt = null) => new(
        Guid.NewGuid(), Batch, Guid.Empty, Guid.Empty, "n", FeedKind.CallCenterIssues, $"2025-06-{day:00}", snapshot, new(2025, 6, day), "m",
        sealedAt ?? Noon, new());

    private static ShownImport Shown(int day, bool snapshot = false, long rows = 1) =>
        new(Guid.NewGuid(), Guid.NewGuid(), $"2025-06-{day:00}", snapshot, new(2025, 6, day), Noon, rows);
}
