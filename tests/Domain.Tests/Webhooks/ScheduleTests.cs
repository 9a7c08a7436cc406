using QualityIngest.Domain.Webhooks;
using QualityIngest.Domain.Webhooks.Delivery;

namespace QualityIngest.Domain.Tests.Webhooks;

public sealed class ScheduleTests
{
    private static readonly WebhookOptions Options = new();
    private static readonly AttemptResult Failure = new(TimeSpan.Zero, 500, DeliveryCodes.Refused, null, null);

    [Fact]
    public void Waits_grow_as_documented_and_the_tenth_attempt_is_the_last() => Assert.Equal(
        ["00:00:05", "00:05:00", "00:30:00", "02:00:00", "05:00:00", "10:00:00", "14:00:00", "20:00:00", "1.00:00:00", null],
        Enumerable.Range(1, 10).Select(attempts => RetrySchedule.After(Options, attempts, Failure, 0.5)?.ToString()));

    [Theory]
    [InlineData(0, 4)]
    [InlineData(0.25, 4.5)]
    [InlineData(0.999999999, 6)]
    public void A_wait_is_spread_by_a_fifth_to_either_side(double random, double seconds) =>
        Assert.Equal(seconds, RetrySchedule.After(Options, 1, Failure, random)!.Value.TotalSeconds, 6);

    [Theory]
    [InlineData(2, 5)]
    [InlineData(60, 60)]
    [InlineData(-60, 5)]
    [InlineData(100 * 3600, 24 * 3600)]
    public void What_an_answer_asks_for_makes_a_wait_longer_within_limits_and_never_shorter(int asked, int seconds) =>
        Assert.Equal(seconds, RetrySchedule.After(Options, 1, Failure with { RetryAfter = TimeSpan.FromSeconds(asked) }, 0.5)!.Value.TotalSeconds);

    [Fact]
    public void Nothing_is_tried_again_at_an_endpoint_that_is_gone() =>
        Assert.Null(RetrySchedule.After(Options, 1, Failure with { Status = 410 }, 0.5));

    [Fact]
    public void Attempts_beyond_the_last_that_somebody_asked_for_stand_alone() =>
        Assert.Null(RetrySchedule.After(Options, 11, Failure with { RetryAfter = TimeSpan.FromSeconds(1) }, 0.5));
}
