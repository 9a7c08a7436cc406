using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using QualityIngest.Domain.Outbound;

namespace QualityIngest.Domain.Webhooks.Delivery;

/// <summary>There is no token to send a message with.</summary>
/// <param name="code">One of <see cref="DeliveryCodes"/>.</param>
public sealed class TokenRefusedException(string code) : Exception($"No access token: {code}.")
{
    /// <summary>One of <see cref="DeliveryCodes"/>.</summary>
    public string Code { get; } = code;
}

/// <summary>
/// Gets access tokens with client credentials and keeps the last one until shortly before it expires. Whoever needs one while
/// it is being asked for waits for the same answer, be it a token or none.
/// </summary>
internal sealed class AccessTokens : IDisposable
{
    private const int MaxAnswer = 64 * 1024;
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan UnstatedLife = TimeSpan.FromMinutes(5);

    private readonly OAuthAuthentication _oauth;
    private readonly HttpClient _client;
    private readonly Lock _gate = new();
    private Task<Token>? _last;

    /// <param name="oauth">Where tokens are issued, and to whom.</param>
    /// <param name="tls">What the issuer is shown in TLS, and whom it is trusted by; null: nothing of its own. It stays the caller's.</param>
    /// <param name="guard">What may be called.</param>
    /// <param name="options">How long the issuer may take.</param>
    public AccessTokens(OAuthAuthentication oauth, EndpointTls? tls, OutboundGuard guard, WebhookOptions options)
    {
        _oauth = oauth;
        _client = new(guard.CreateHandler(configure: sockets => tls?.ConfigureIssuer(sockets))) { Timeout = options.Timeout, MaxResponseContentBufferSize = MaxAnswer };
    }

    /// <summary>A token, and whether it was there already.</summary>
    /// <exception cref="TokenRefusedException">There is none.</exception>
    /// <exception cref="OperationCanceledException">The caller waits no longer; the question goes on for others.</exception>
    public async Task<(string Token, bool Cached)> Get(CancellationToken cancel)
    {
        Task<Token> asked;
        bool cached;
        lock (_gate)
        {
            cached = _last is { IsCompletedSuccessfully: true, Result.IsFresh: true };
            asked = _last is { } last && (cached || !last.IsCompleted) ? last : Ask();
            _last = asked;
        }

        return ((await asked.WaitAsync(cancel)).Text, cached);
    }

    /// <summary>Forgets a token that was not taken.</summary>
    public void Drop(string token)
    {
        lock (_gate)
        {
            if (_last is { IsCompletedSuccessfully: true } known && known.Result.Text == token)
                _last = null;
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<Token> Ask()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _oauth.TokenUrl) { Content = new FormUrlEncodedContent(Form()) };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        var credentials = $"{Uri.EscapeDataString(_oauth.ClientId)}:{Uri.EscapeDataString(_oauth.ClientSecret!)}";
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
        try
        {
            using var response = await _client.SendAsync(request);
            if ((int)response.StatusCode is >= 400 and < 500)
                throw new TokenRefusedException(DeliveryCodes.TokenRefused);
            if (!response.IsSuccessStatusCode)
                throw new TokenRefusedException(DeliveryCodes.TokenUnavailable);
            using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
            return Read(answer.RootElement) ?? throw new TokenRefusedException(DeliveryCodes.TokenUnavailable);
        }
        catch (HttpRequestException mistrusted) when (mistrusted.HttpRequestError == HttpRequestError.SecureConnectionError)
        {
            throw new TokenRefusedException(DeliveryCodes.TokenTlsFailed);
        }
        catch (Exception broken) when (
            broken is HttpRequestException or JsonException or OutboundRefusedException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            throw new TokenRefusedException(DeliveryCodes.TokenUnavailable);
        }
    }

    private static Token? Read(JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("access_token", out var token) || Text(token) is not { Length: > 0 } text
            || text.Any(c => c is <= ' ' or > '~'))
            return null;
        var life = answer.TryGetProperty("expires_in", out var stated) && Seconds(stated) is { } seconds ? TimeSpan.FromSeconds(seconds) : UnstatedLife;
        var until = life - (life < 2 * Early ? life / 2 : Early);
        return new(text, Stopwatch.GetTimestamp() + (long)(until.TotalSeconds * Stopwatch.Frequency));
    }

    /// <summary>Some issuers write numbers as texts.</summary>
    private static int? Seconds(JsonElement stated) =>
        stated.ValueKind == JsonValueKind.Number && stated.TryGetInt32(out var number) ? number
        : int.TryParse(Text(stated), NumberStyles.None, CultureInfo.InvariantCulture, out var written) ? written
        : null;

    /// <summary>Null where it is no text, or one that is no Unicode.</summary>
    private static string? Text(JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null; // half of a surrogate pair
        }
    }

    private IEnumerable<KeyValuePair<string, string>> Form()
    {
        yield return new("grant_type", "client_credentials");
        if (_oauth.Scope is { } scope)
            yield return new("scope", scope);
        if (_oauth.Audience is { } audience)
            yield return new("audience", audience);
    }

    /// <param name="Until">The stopwatch's reading from which on it is not used any more.</param>
    private sealed record Token(string Text, long Until)
    {
        public bool IsFresh => Stopwatch.GetTimestamp() < Until;
    }
}
