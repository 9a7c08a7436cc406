namespace QualityIngest.Domain.Webhooks.Delivery;

/// <summary>When a message that did not arrive is tried again (<c>limits.md</c>, Webhooks).</summary>
public static class RetrySchedule
{
    /// <summary>
    /// How long to wait after an attempt that failed; null: it was the last one, or the endpoint is gone. The wait is spread at random,
    /// so that what failed together does not come back together; an answer's Retry-After makes it longer, never shorter.
    /// </summary>
    /// <param name="options">The schedule.</param>
    /// <param name="attempts">Attempts so far, this one included.</param>
    /// <param name="result">How this one went.</param>
    /// <param name="random">From 0 up to 1.</param>
    public static TimeSpan? After(WebhookOptions options, int attempts, AttemptResult result, double random)
    {
        if (result.Status == AttemptResult.Gone || attempts > options.Waits.Count)
            return null;
        var wait = options.Waits[attempts - 1] * (1 + options.Jitter * (2 * random - 1));
        var asked = result.RetryAfter is { } after && after > options.LongestRetryAfter ? options.LongestRetryAfter : result.RetryAfter;
        return asked > wait ? asked : wait;
    }
}
