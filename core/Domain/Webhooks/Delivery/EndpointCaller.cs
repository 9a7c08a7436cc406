using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using QualityIngest.Domain.Outbound;

namespace QualityIngest.Domain.Webhooks.Delivery;

/// <summary>Sends messages to one endpoint, as it was configured when it was opened. Attempts may run side by side.</summary>
public sealed class EndpointCaller : IDisposable
{
    private readonly OpenEndpoint _endpoint;
    private readonly WebhookOptions _options;
    private readonly TimeProvider _clock;
    private readonly HttpClient _client;
    private readonly X509Certificate2Collection _presented = [];
    private readonly X509Certificate2Collection _trusted = [];
    private readonly AccessTokens? _tokens;

    /// <summary>Creates a caller. It keeps its connections until it is disposed.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">A certificate or key cannot be read.</exception>
    public EndpointCaller(OpenEndpoint endpoint, OutboundGuard guard, WebhookOptions options, TimeProvider clock)
    {
        (_endpoint, _options, _clock) = (endpoint, options, clock);
        if (endpoint.Certificate is { } certificate)
            ReadCertificate(certificate);
        if (endpoint.Authority is { } authority)
            _trusted.ImportFromPem(authority);
        _client = new(guard.CreateHandler(redirects: 0, Configure)) { Timeout = Timeout.InfiniteTimeSpan };
        _tokens = endpoint.Authentication is OAuthAuthentication oauth ? new(oauth, guard, options) : null;
    }

    /// <summary>The configuration that it sends by.</summary>
    public OpenEndpoint Endpoint => _endpoint;

    /// <summary>Makes one attempt. Whatever goes wrong at the other end is a result.</summary>
    /// <param name="id">The header <c>webhook-id</c>.</param>
    /// <param name="body">The message.</param>
    /// <param name="replay">The replay that asked for it, told in the header <c>webhook-replay</c>; null: the event did.</param>
    /// <param name="cancel">Ends the attempt without a result.</param>
    public async Task<AttemptResult> Attempt(string id, byte[] body, Guid? replay, CancellationToken cancel)
    {
        var started = Stopwatch.GetTimestamp();
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        bound.CancelAfter(_options.Timeout);
        try
        {
            return await Send(id, body, replay, started, bound.Token);
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
        foreach (var certificate in _presented.Concat(_trusted))
            certificate.Dispose();
    }

    private async Task<AttemptResult> Send(string id, byte[] body, Guid? replay, long started, CancellationToken cancel)
    {
        var (token, cached) = _tokens is null ? (null, false) : await _tokens.Get(cancel);
        using var response = await _client.SendAsync(Request(id, body, replay, token), HttpCompletionOption.ResponseHeadersRead, cancel);
        if (response.StatusCode == HttpStatusCode.Unauthorized && token is not null)
        {
            // A token may have been revoked before its time: once more with a new one.
            _tokens!.Drop(token);
            if (cached)
            {
                response.Dispose();
                return await Send(id, body, replay, started, cancel);
            }
        }

        var status = (int)response.StatusCode;
        return new(
            Stopwatch.GetElapsedTime(started), status,
            response.IsSuccessStatusCode ? null : status is >= 300 and < 400 ? DeliveryCodes.Redirected : DeliveryCodes.Refused,
            await Head(response, cancel), RetryAfter(response.Headers.RetryAfter));
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

    private async Task<string?> Head(HttpResponseMessage response, CancellationToken cancel)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancel);
        var head = new byte[_options.ResponseBytes];
        var read = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancel);
        return read == 0 ? null : Encoding.UTF8.GetString(head, 0, read).Replace('\0', '\uFFFD');
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header) =>
        header?.Delta ?? (header?.Date is { } date ? date - _clock.GetUtcNow() : null);

    private static AttemptResult Failed(long started, string code) => new(Stopwatch.GetElapsedTime(started), null, code, null, null);

    private void ReadCertificate(ClientCertificate certificate)
    {
        using var pem = X509Certificate2.CreateFromPem(certificate.Certificate, certificate.PrivateKey);
        _presented.ImportFromPem(certificate.Certificate);
        _presented[0].Dispose();
        _presented[0] = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
    }

    private void Configure(SocketsHttpHandler sockets)
    {
        sockets.MaxConnectionsPerServer = _options.Concurrency;
        sockets.ActivityHeadersPropagator = null; // What this node calls its traces is none of the receiver's business.
        if (_presented.Count > 0)
            sockets.SslOptions.ClientCertificateContext = System.Net.Security.SslStreamCertificateContext.Create(_presented[0], _presented, offline: true);
        if (_trusted.Count == 0)
            return;
        sockets.SslOptions.CertificateChainPolicy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        sockets.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(_trusted);
    }
}
