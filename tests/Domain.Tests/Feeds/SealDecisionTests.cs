using QualityIngest.Domain.Feeds;
using QualityIngest.Domain.Formats.Feeds;

namespace QualityIngest.Domain.Tests.Feeds;

public sealed class SealDecisionTests
{
    private const FeedKind Calls = FeedKind.CallCenterIssues;
    private static readonly DateTimeOffset Noon = new(2025, 6, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly BatchMarker First = new("e@1", Noon);
    private static readonly BatchMarker Second = new("e@2", Noon.AddHours(1));

    [Fact]
    public void A_batch_without_a_marker_rests() =>
        Assert.IsType<SealDecision.Rest>(SealDecision.Decide(Discovered(), null, Calls));

    [Fact]
    public void A_marker_seals_it() =>
        Assert.Equal(new SealDecision.Import(First, Calls, Begun: false), SealDecision.Decide(Discovered(), First, Calls));

    [Theory]
    [InlineData(BatchStatus.Imported)]
    [InlineData(BatchStatus.Superseded)]
    [InlineData(BatchStatus.Failed)]
    [InlineData(BatchStatus.AwaitingConfirmation)]
    public void What_its_marker_led_to_stays_until_there_is_a_newer_one(BatchStatus status)
    {
        var batch = Sealed(Second) with { Status = status };

        Assert.IsType<SealDecision.Rest>(SealDecision.Decide(batch, Second, Calls));
        Assert.IsType<SealDecision.Rest>(SealDecision.Decide(batch, null, Calls));
        Assert.IsType<SealDecision.Rest>(SealDecision.Decide(batch, First, Calls));
        Assert.Equal(new SealDecision.Import(Second, Calls, false), SealDecision.Decide(batch with { Marker = First.Version, SealedAt = First.At }, Second, Calls));
    }

    [Fact]
    public void What_is_begun_goes_on_even_when_its_marker_is_gone()
    {
        var batch = Sealed(First);

        Assert.Equal(new SealDecision.Import(First, Calls, Begun: true), SealDecision.Decide(batch, First, Calls));
        Assert.Equal(new SealDecision.Import(First, Calls, Begun: true), SealDecision.Decide(batch, null, Calls));
        Assert.Equal(new SealDecision.Import(Second, Calls, Begun: false), SealDecision.Decide(batch, Second, Calls));
    }

    [Fact]
    public void What_nobody_says_the_kind_of_fails_once_it_is_sealed_and_is_imported_once_somebody_does()
    {
        Assert.IsType<SealDecision.Rest>(SealDecision.Decide(Discovered(), null, null));
        Assert.Equal(new SealDecision.KindUnknown(First), SealDecision.Decide(Discovered(), First, null));

        var failed = BatchState.Apply(Discovered(), new BatchFailed(null, FeedCodes.KindUnknown, "?", false, First.Version, First.At));
        Assert.IsType<SealDecision.Rest>(SealDecision.Decide(failed, First, null));
        Assert.Equal(new SealDecision.Import(First, Calls, false), SealDecision.Decide(failed, First, Calls));
    }

    [Fact]
    public void Another_kind_than_it_was_read_as_has_it_imported_anew()
    {
        var batch = Sealed(First) with { Status = BatchStatus.Imported };

        Assert.Equal(new SealDecision.Import(First, FeedKind.SalesMethodsAttribution, false), SealDecision.Decide(batch, First, FeedKind.SalesMethodsAttribution));
    }

    private static BatchState Discovered() => BatchState.Fold(
        Guid.Empty, [new BatchDiscovered(Guid.Empty, Guid.Empty, "in/calls/", "calls", null, FeedEncoding.Csv, false, "2025-06-10", null)])!;

    private static BatchState Sealed(BatchMarker marker) =>
        BatchState.Apply(Discovered(), new BatchSealed(Guid.Empty, Calls, Guid.Empty, marker.Version, marker.At));
}
