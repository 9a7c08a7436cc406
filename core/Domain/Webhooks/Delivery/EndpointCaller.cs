using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using QualityIngest.Domain.Outbound;

namespace QualityIngest.Domain.Webhooks.Delivery;

/// <summary>Sends messages to one endpoint, as it was configured when it was opened. Attempts may run side by side.</summary>
public sealed class EndpointCaller : IDisposable
{
    private readonly OpenEndpoint _endpoint;
    private readonly WebhookOptions _options;
    private readonly TimeProvider _clock;
    private readonly HttpClient _client;
    private readonly EndpointTls? _tls;
    private readonly AccessTokens? _tokens;

    /// <summary>Creates a caller. It keeps its connections until it is disposed.</summary>
    public EndpointCaller(OpenEndpoint endpoint, OutboundGuard guard, WebhookOptions options, TimeProvider clock)
    {
        (_endpoint, _options, _clock) = (endpoint, options, clock);
        Pace = new(endpoint.Rate, clock);
        try
        {
            _tls = new(endpoint);
        }
        catch (CryptographicException unreadable)
        {
            Unreadable = unreadable;
        }

        _client = new(guard.CreateHandler(redirects: 0, Configure)) { Timeout = Timeout.InfiniteTimeSpan };
        _tokens = endpoint.Authentication is OAuthAuthentication oauth ? new(oauth, _tls, guard, options) : null;
    }

    /// <summary>The configuration that it sends by.</summary>
    public OpenEndpoint Endpoint => _endpoint;

    /// <summary>When its attempts may begin.</summary>
    internal Pace Pace { get; }

    /// <summary>Why its certificate or key cannot be read, so that every attempt fails; null: they can, or there are none.</summary>
    public CryptographicException? Unreadable { get; }

    /// <summary>Makes one attempt. Whatever goes wrong at the other end is a result.</summary>
    /// <param name="id">The header <c>webhook-id</c>.</param>
    /// <param name="body">The message.</param>
    /// <param name="replay">The replay that asked for it, told in the header <c>webhook-replay</c>; null: the event did.</param>
    /// <param name="cancel">Ends the attempt without a result.</param>
    public async Task<AttemptResult> Attempt(string id, byte[] body, Guid? replay, CancellationToken cancel)
    {
        var started = Stopwatch.GetTimestamp();
        if (Unreadable is not null)
            return Failed(started, DeliveryCodes.Unusable);
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        bound.CancelAfter(_options.Timeout);
        try
        {
            var (response, token) = await Send(id, body, replay, bound.Token, cancel);
            using (response)
            {
                var result = await EndpointAnswer.Read(response, started, _options, _clock.GetUtcNow(), bound.Token, cancel);
                return result.Response is { } text ? result with { Response = OwnSecrets.Hide(text, _endpoint, token) } : result;
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Failed(started, DeliveryCodes.Timeout);
        }
        catch (TokenRefusedException refused)
        {
            return Failed(started, refused.Code);
        }
        catch (HttpRequestException broken)
        {
            return Failed(started, DeliveryCodes.Of(broken));
        }
        catch (Exception broken) when (broken is IOException or OutboundRefusedException)
        {
            return Failed(started, DeliveryCodes.Unreachable);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        _tokens?.Dispose();
        _tls?.Dispose();
    }

    private async Task<(string? Token, bool Cached)> Token(CancellationToken bound, CancellationToken cancel)
    {
        if (_tokens is null)
            return (null, false);
        try
        {
            return await _tokens.Get(bound);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new TokenRefusedException(DeliveryCodes.TokenUnavailable); // It is the issuer who took the time.
        }
    }

    private async Task<(HttpResponseMessage Response, string? Token)> Send(string id, byte[] body, Guid? replay, CancellationToken bound, CancellationToken cancel)
    {
        var (token, cached) = await Token(bound, cancel);
        var response = await Call(id, body, replay, token, bound);
        if (response.StatusCode != HttpStatusCode.Unauthorized || token is null)
            return (response, token);

        // A token may have been revoked before its time: once more with a new one.
        _tokens!.Drop(token);
        if (!cached)
            return (response, token);
        response.Dispose();
        (token, _) = await Token(bound, cancel);
        return (await Call(id, body, replay, token, bound), token);
    }

    private async Task<HttpResponseMessage> Call(string id, byte[] body, Guid? replay, string? token, CancellationToken bound)
    {
        using var request = Request(id, body, replay, token);
        return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, bound);
    }

    private HttpRequestMessage Request(string id, byte[] body, Guid? replay, string? token)
    {
        var timestamp = _clock.GetUtcNow().ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, Address())
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } },
        };
        var headers = request.Headers;
        foreach (var (name, value) in _endpoint.Headers)
            headers.TryAddWithoutValidation(name, value);
        headers.UserAgent.Add(new("QualityIngest", null));
        headers.Add("webhook-id", id);
        headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        headers.Add("webhook-signature", WebhookSignature.Sign(id, timestamp, body, _endpoint.SigningKeys));
        if (replay is { } asked)
            headers.Add("webhook-replay", asked.ToString());
        if (_endpoint.Authentication is HeaderAuthentication secret)
            headers.TryAddWithoutValidation(secret.Name, secret.Value);
        if (token is not null)
            headers.Authorization = new("Bearer", token);
        return request;
    }

    private Uri Address()
    {
        if (_endpoint.Authentication is not QueryAuthentication secret)
            return _endpoint.Url;
        var address = new UriBuilder(_endpoint.Url);
        var parameter = $"{Uri.EscapeDataString(secret.Name)}={Uri.EscapeDataString(secret.Value!)}";
        address.Query = address.Query.Length > 1 ? $"{address.Query}&{parameter}" : parameter;
        return address.Uri;
    }

    private void Configure(SocketsHttpHandler sockets)
    {
        sockets.MaxConnectionsPerServer = _options.Concurrency;
        sockets.MaxResponseDrainSize = 0; // Of an answer that is longer than what is kept, nothing more is taken.
        sockets.ActivityHeadersPropagator = null; // What this node calls its traces is none of the receiver's business.
        _tls?.Configure(sockets);
    }

    internal static AttemptResult Failed(long started, string code) => new(Stopwatch.GetElapsedTime(started), null, code, null, null);
}
