using System.Globalization;

namespace QualityIngest.Api.Http.Limits;

/// <summary>
/// The two headers of rate limits (draft-ietf-httpapi-ratelimit-headers): <c>RateLimit-Policy: "key";q=500;w=5</c> is what may
/// be sent in a window of so many seconds, <c>RateLimit: "key";r=499;t=1</c> what is left, and in how many seconds all of it
/// is back.
/// </summary>
public static class RateLimitHeaders
{
    /// <summary>The header of the rule.</summary>
    public const string Policy = "RateLimit-Policy";

    /// <summary>The header of what is left.</summary>
    public const string State = "RateLimit";

    /// <summary>Sets them in the answer to come, whatever it is.</summary>
    /// <param name="context">The request.</param>
    /// <param name="policy">The rule's name.</param>
    /// <param name="rate">Tokens a second.</param>
    /// <param name="burst">Tokens of a full bucket.</param>
    /// <param name="level">What is left.</param>
    public static void Tell(HttpContext context, string policy, double rate, int burst, BucketLevel level) =>
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers[Policy] = string.Create(CultureInfo.InvariantCulture, $"\"{policy}\";q={burst};w={Seconds(burst / rate)}");
            headers[State] = string.Create(CultureInfo.InvariantCulture, $"\"{policy}\";r={level.Tokens};t={Seconds(level.Full.TotalSeconds)}");
            return Task.CompletedTask;
        });

    private static long Seconds(double seconds) => (long)Math.Ceiling(seconds);
}
