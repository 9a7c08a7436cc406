namespace QualityIngest.Domain.Webhooks.Delivery;

/// <summary>
/// Spreads attempts evenly over time, by the stopwatch: a clock that is set does not hold them up. A turn that comes late, because
/// the machine is busy, is not made up for beyond <see cref="Lateness"/>: else those behind it would come all at once.
/// </summary>
/// <param name="rate">Attempts a second; null: no bound.</param>
/// <param name="time">The clock.</param>
internal sealed class Pace(int? rate, TimeProvider time)
{
    /// <summary>
    /// How much of its lateness a turn may take off the wait of the next. Timers are some milliseconds late, which a high rate has
    /// to make up for; in any second there are at most 1.02 times the rate, and one.
    /// </summary>
    private static readonly TimeSpan Lateness = TimeSpan.FromMilliseconds(20);

    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;
    private long? _next;

    /// <summary>Waits for the caller's turn.</summary>
    public Task Wait(CancellationToken cancel)
    {
        if (rate is not { } perSecond)
            return Task.CompletedTask;
        lock (_gate)
            return _last = Turn(_last, time.TimestampFrequency / perSecond, cancel);
    }

    /// <summary>One after the other: only once a turn has been taken is it known when the next one is.</summary>
    private async Task Turn(Task before, long interval, CancellationToken cancel)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var now = time.GetTimestamp();
        for (; _next is { } next && now < next; now = time.GetTimestamp())
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(time.GetElapsedTime(now, next).TotalMilliseconds)), time, cancel);
        var latest = now - (long)(Lateness.TotalSeconds * time.TimestampFrequency);
        _next = (_next is { } due && due > latest ? due : latest) + interval;
    }
}
