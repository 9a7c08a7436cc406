using System.Net;

namespace QualityIngest.Client;

/// <summary>
/// Makes a call again that was answered 429 or 503, after as long as <c>Retry-After</c> asks for, or else after half a second,
/// one, two and so on; up to a quarter is added by chance, so that callers who were refused together do not come back together.
/// Only calls that may safely be made twice: GET, HEAD, OPTIONS, PUT, DELETE, and those with an <c>Idempotency-Key</c>; never
/// one whose body is a stream, which is spent. When no try is left, or the wait would be too long, the last answer is returned.
/// </summary>
public sealed class RetryHandler : DelegatingHandler
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(500);

    /// <summary>How often a call is made again at most. 3 by default.</summary>
    public int MaxRetries { get; init; } = 3;

    /// <summary>The longest wait that is sat out; an answer that asks for more is returned at once. 30 seconds by default.</summary>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The clock that waits are measured by.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>A handler inside a pipeline that others build, such as <c>IHttpClientFactory</c>'s.</summary>
    public RetryHandler()
    {
    }

    /// <summary>A handler that sends through another one.</summary>
    /// <param name="inner">What sends, e.g. a <see cref="SocketsHttpHandler"/>.</param>
    public RetryHandler(HttpMessageHandler inner)
        : base(inner)
    {
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (var retries = 0; ; retries++)
        {
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (retries >= MaxRetries || !IsBusy(response) || !MayRepeat(request) || Wait(response, retries) is not { } wait)
                return response;
            response.Dispose();
            await Task.Delay(wait, Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsBusy(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable;

    private static bool MayRepeat(HttpRequestMessage request) =>
        request.Content is not StreamContent
        && (request.Method == HttpMethod.Get || request.Method == HttpMethod.Head || request.Method == HttpMethod.Options
            || request.Method == HttpMethod.Put || request.Method == HttpMethod.Delete || request.Headers.Contains("Idempotency-Key"));

    private TimeSpan? Wait(HttpResponseMessage response, int retries)
    {
        var wait = RetryDelay.Of(response.Headers.RetryAfter, Time.GetUtcNow()) ?? FirstWait * Math.Pow(2, retries);
        return wait > MaxWait ? null : wait * (1 + Random.Shared.NextDouble() / 4);
    }
}
