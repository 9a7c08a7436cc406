using System.Net.Http.Headers;

namespace QualityIngest.Client;

/// <summary>What <c>Retry-After</c> asks for.</summary>
internal static class RetryDelay
{
    /// <summary>The wait, from seconds or from a date; never negative, null without the header.</summary>
    public static TimeSpan? Of(RetryConditionHeaderValue? header, DateTimeOffset now)
    {
        var wait = header?.Delta ?? header?.Date - now;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
