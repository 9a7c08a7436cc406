using System.Buffers;
using System.Diagnostics;
using System.Text;

namespace QualityIngest.Domain.Webhooks.Delivery;

/// <summary>What an endpoint's answer means.</summary>
internal static class EndpointAnswer
{
    /// <summary>
    /// The attempt that ends with this answer. No more of its body is read than is kept. An answer that says yes and then breaks
    /// off is no whole answer; one that says no means the same however it ends.
    /// </summary>
    /// <param name="response">The answer, its body unread.</param>
    /// <param name="started">The stopwatch's reading when the attempt began.</param>
    /// <param name="options">How much is kept.</param>
    /// <param name="now">What time it is.</param>
    /// <param name="bound">Ends with the attempt's time.</param>
    /// <param name="cancel">Ends the attempt without a result.</param>
    public static async Task<AttemptResult> Read(
        HttpResponseMessage response, long started, WebhookOptions options, DateTimeOffset now, CancellationToken bound, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(options.ResponseBytes);
        var head = buffer.AsMemory(0, options.ResponseBytes);
        var (read, broken) = (0, default(string));
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(bound);
            while (read < head.Length && await body.ReadAsync(head[read..], bound) is > 0 and var more)
                read += more;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            broken = DeliveryCodes.Timeout;
        }
        catch (Exception cut) when (cut is IOException or HttpRequestException)
        {
            broken = DeliveryCodes.Unreachable;
        }

        var status = (int)response.StatusCode;
        var code = response.IsSuccessStatusCode ? broken : status is >= 300 and < 400 ? DeliveryCodes.Redirected : DeliveryCodes.Refused;
        var text = Text(head.Span[..read]);
        ArrayPool<byte>.Shared.Return(buffer);
        return new(Stopwatch.GetElapsedTime(started), status, code, text, RetryAfter(response, options, now));
    }

    /// <summary>PostgreSQL's texts hold neither NUL nor what is no UTF-8.</summary>
    private static string? Text(ReadOnlySpan<byte> head) => head.IsEmpty ? null : Encoding.UTF8.GetString(head).Replace('\0', '\uFFFD');

    /// <summary>What Retry-After asks for, in seconds or as a date; null where it asks for nothing that makes sense.</summary>
    private static TimeSpan? RetryAfter(HttpResponseMessage response, WebhookOptions options, DateTimeOffset now)
    {
        if (!response.Headers.NonValidated.TryGetValues("Retry-After", out var values))
            return null;
        var text = values.ToString().Trim();
        if (text.Length == 0 || !text.All(char.IsAsciiDigit))
            return response.Headers.RetryAfter?.Date - now;
        return double.Parse(text, System.Globalization.CultureInfo.InvariantCulture) is var seconds && seconds < options.LongestRetryAfter.TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : options.LongestRetryAfter;
    }
}
