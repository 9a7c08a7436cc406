namespace QualityIngest.Domain.Webhooks;

/// <summary>What of an endpoint is sealed already, and what it belongs to.</summary>
/// <param name="Url">Where it was sent so far.</param>
/// <param name="HeaderNames">The headers' names, in the order of their sealed values.</param>
/// <param name="Authentication">The authentication, without its secret.</param>
/// <param name="Credentials">What is sealed.</param>
public sealed record StoredCredentials(
    Uri Url, IReadOnlyList<string> HeaderNames, EndpointAuthentication? Authentication, EndpointCredentials Credentials)
{
    /// <summary>
    /// What may be kept when the endpoint is moved to this URL: on its host everything, elsewhere only the key, which is never
    /// sent. Else whoever may write an endpoint could read its secrets by pointing it at himself.
    /// </summary>
    public StoredCredentials For(string url) => IsOn(Url, url)
        ? this
        : this with { HeaderNames = [], Authentication = null, Credentials = new([], null, Credentials.PrivateKey) };

    /// <summary>The stored value of a header; null: there is none.</summary>
    public string? Header(string name) =>
        HeaderNames.Zip(Credentials.Headers).Where(h => h.First.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(h => h.Second).FirstOrDefault();

    /// <summary>The stored secret of an authentication of the same kind, and of the same issuer; null: there is none.</summary>
    public string? Secret(EndpointAuthentication authentication) => (authentication, Authentication) switch
    {
        (OAuthAuthentication now, OAuthAuthentication before) => IsOn(new(before.TokenUrl), now.TokenUrl) ? Credentials.Authentication : null,
        var (now, before) => now.GetType() == before?.GetType() ? Credentials.Authentication : null,
    };

    private static bool IsOn(Uri known, string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var written) && known.IdnHost.Equals(written.IdnHost, StringComparison.OrdinalIgnoreCase)
        && (written.Scheme == known.Scheme || written.Scheme == Uri.UriSchemeHttps);
}
