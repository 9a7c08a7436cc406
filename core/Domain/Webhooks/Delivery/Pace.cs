namespace QualityIngest.Domain.Webhooks.Delivery;

/// <summary>Spreads attempts evenly over time.</summary>
/// <param name="rate">Attempts a second; null: no bound.</param>
/// <param name="time">The clock.</param>
internal sealed class Pace(int? rate, TimeProvider time)
{
    private readonly Lock _gate = new();
    private DateTimeOffset _next;

    /// <summary>Waits for the caller's turn.</summary>
    public async Task Wait(CancellationToken cancel)
    {
        if (rate is not { } perSecond)
            return;
        TimeSpan wait;
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var turn = _next > now ? _next : now;
            _next = turn + TimeSpan.FromSeconds(1) / perSecond;
            wait = turn - now;
        }

        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, time, cancel);
    }
}
