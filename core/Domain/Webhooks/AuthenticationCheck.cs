using QualityIngest.Domain.Outbound;

namespace QualityIngest.Domain.Webhooks;

/// <summary>Checks what an endpoint knows its caller by besides the signature.</summary>
internal static class AuthenticationCheck
{
    private const int MaxSecret = 4000;

    /// <summary>The authentication without its secret, and the secret.</summary>
    public static (EndpointAuthentication? Open, string? Secret) Check(
        Fields fields, EndpointAuthentication? authentication, IReadOnlyList<EndpointHeader> headers, OutboundGuard guard, StoredCredentials? kept)
    {
        switch (authentication)
        {
            case HeaderAuthentication header:
                HeaderCheck.Name(fields, "/authentication/name", header.Name);
                if (headers.Any(h => HeaderCheck.Same(h?.Name, header.Name)))
                    fields.Refuse("/authentication/name", "duplicate", "This header is among the endpoint's headers already.");
                return (header with { Value = null }, Secret(fields, "/authentication/value", header.Value ?? kept?.Secret(header)));

            case QueryAuthentication query:
                var name = fields.Text("/authentication/name", query.Name, 100);
                return (new QueryAuthentication(name), Secret(fields, "/authentication/value", query.Value ?? kept?.Secret(query)));

            case OAuthAuthentication oauth:
                var open = new OAuthAuthentication(
                    EndpointCheck.Url(fields, "/authentication/tokenUrl", oauth.TokenUrl, guard),
                    fields.Text("/authentication/clientId", oauth.ClientId, 500),
                    Scope: fields.OptionalText("/authentication/scope", oauth.Scope, 1000),
                    Audience: fields.OptionalText("/authentication/audience", oauth.Audience, 1000));
                if (headers.Any(h => HeaderCheck.Same(h?.Name, "authorization")))
                    fields.Refuse("/authentication", "duplicate", "The header Authorization is among the endpoint's headers already.");
                return (open, Secret(fields, "/authentication/clientSecret", oauth.ClientSecret ?? kept?.Secret(oauth)));

            default:
                return (null, null);
        }
    }

    private static string Secret(Fields fields, string pointer, string? value) => HeaderCheck.Secret(fields, pointer, value, MaxSecret);
}
