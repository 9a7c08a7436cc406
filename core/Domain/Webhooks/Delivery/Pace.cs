namespace QualityIngest.Domain.Webhooks.Delivery;

/// <summary>Spreads attempts evenly over time, by the stopwatch: a clock that is set does not hold them up.</summary>
/// <param name="rate">Attempts a second; null: no bound.</param>
/// <param name="time">The clock.</param>
internal sealed class Pace(int? rate, TimeProvider time)
{
    private readonly Lock _gate = new();
    private long _next = long.MinValue;

    /// <summary>Waits for the caller's turn.</summary>
    public async Task Wait(CancellationToken cancel)
    {
        if (rate is not { } perSecond)
            return;
        TimeSpan wait;
        lock (_gate)
        {
            var now = time.GetTimestamp();
            var turn = Math.Max(_next, now);
            _next = turn + time.TimestampFrequency / perSecond;
            wait = time.GetElapsedTime(now, turn);
        }

        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, time, cancel);
    }
}
