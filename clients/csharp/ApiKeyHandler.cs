using System.Net.Http.Headers;

namespace QualityIngest.Client;

/// <summary>Shows an API key with every request. The key is asked for each time, so it can be replaced while the program runs.</summary>
public sealed class ApiKeyHandler : DelegatingHandler
{
    private readonly Func<CancellationToken, ValueTask<string>> key;

    /// <summary>Shows one key.</summary>
    /// <param name="key">The key, <c>qi_…</c>.</param>
    public ApiKeyHandler(string key)
        : this(_ => ValueTask.FromResult(key))
    {
    }

    /// <summary>Shows the key that is current, e.g. from a vault. The function is called for every request: let it cache.</summary>
    /// <param name="key">Gives the key, <c>qi_…</c>.</param>
    public ApiKeyHandler(Func<CancellationToken, ValueTask<string>> key) => this.key = key;

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await key(cancellationToken).ConfigureAwait(false));
        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }
}
