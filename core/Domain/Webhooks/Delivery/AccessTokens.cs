using System.Diagnostics;
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
/// it is being asked for waits for the same answer.
/// </summary>
internal sealed class AccessTokens : IDisposable
{
    private const int MaxAnswer = 64 * 1024;
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan UnstatedLife = TimeSpan.FromMinutes(5);

    private readonly OAuthAuthentication _oauth;
    private readonly HttpClient _client;
    private readonly SemaphoreSlim _asking = new(1);
    private volatile Token? _token;

    public AccessTokens(OAuthAuthentication oauth, OutboundGuard guard, WebhookOptions options)
    {
        _oauth = oauth;
        _client = new(guard.CreateHandler()) { Timeout = options.Timeout, MaxResponseContentBufferSize = MaxAnswer };
    }

    /// <summary>A token, and whether it was there already.</summary>
    /// <exception cref="TokenRefusedException">There is none.</exception>
    public async Task<(string Token, bool Cached)> Get(CancellationToken cancel)
    {
        if (_token is { IsFresh: true } known)
            return (known.Text, true);
        await _asking.WaitAsync(cancel);
        try
        {
            if (_token is { IsFresh: true } meanwhile)
                return (meanwhile.Text, true);
            var token = await Ask(cancel);
            _token = token;
            return (token.Text, false);
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <summary>Forgets a token that was not taken.</summary>
    public void Drop(string token)
    {
        if (_token is { } known && known.Text == token)
            _token = null;
    }

    public void Dispose()
    {
        _client.Dispose();
        _asking.Dispose();
    }

    private async Task<Token> Ask(CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _oauth.TokenUrl) { Content = new FormUrlEncodedContent(Form()) };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        var credentials = $"{Uri.EscapeDataString(_oauth.ClientId)}:{Uri.EscapeDataString(_oauth.ClientSecret!)}";
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
        try
        {
            using var response = await _client.SendAsync(request, cancel);
            if ((int)response.StatusCode is >= 400 and < 500)
                throw new TokenRefusedException(DeliveryCodes.TokenRefused);
            if (!response.IsSuccessStatusCode)
                throw new TokenRefusedException(DeliveryCodes.TokenUnavailable);
            using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancel));
            return Read(answer.RootElement);
        }
        catch (Exception broken) when (
            broken is HttpRequestException or JsonException or OutboundRefusedException or IOException
            || (broken is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw new TokenRefusedException(DeliveryCodes.TokenUnavailable);
        }
    }

    private static Token Read(JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("access_token", out var token)
            || token.ValueKind != JsonValueKind.String || token.GetString() is not { Length: > 0 } text || text.Any(char.IsControl))
            throw new TokenRefusedException(DeliveryCodes.TokenUnavailable);
        var life = answer.TryGetProperty("expires_in", out var seconds) && seconds.TryGetInt32(out var stated)
            ? TimeSpan.FromSeconds(stated) - Early
            : UnstatedLife;
        return new(text, Stopwatch.GetTimestamp() + (long)(life.TotalSeconds * Stopwatch.Frequency));
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
