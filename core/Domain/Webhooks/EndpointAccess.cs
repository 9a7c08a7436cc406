using QualityIngest.Database;

namespace QualityIngest.Domain.Webhooks;

/// <summary>What of an endpoint is sealed, as one JSON text: header values, the authentication's secret, the private key.</summary>
/// <param name="Headers">The headers' values, in the order of their names.</param>
/// <param name="Authentication">The authentication's secret; null: none.</param>
/// <param name="PrivateKey">The certificate's private key as PEM; null: none.</param>
public sealed record EndpointCredentials(IReadOnlyList<string> Headers, string? Authentication, string? PrivateKey);

/// <summary>Opens stored endpoints: unseals what they are called with.</summary>
public sealed class EndpointAccess(SecretBox secrets)
{
    /// <summary>The context that an endpoint's signing secrets are sealed in.</summary>
    public static string SecretContext(Guid endpoint) => $"webhook:{endpoint:N}";

    /// <summary>The context that its credentials are sealed in.</summary>
    public static string CredentialsContext(Guid endpoint) => $"webhook-credentials:{endpoint:N}";

    /// <summary>The endpoint, ready to be called; null where it is not enabled, or removed.</summary>
    public async Task<OpenEndpoint?> Open(Session session, string tenant, Guid id, CancellationToken cancel)
    {
        var stored = await session.First(
            new Statement(
                """
                select version, url, header_names, sealed_credentials, sealed_secret,
                       case when former_until > clock_timestamp() then sealed_former end, rate, strict_order, authentication, certificate, authority
                from webhook_endpoints
                where tenant_id = $1 and id = $2 and enabled and deleted_at is null
                """,
                tenant, id),
            row => new
            {
                Version = row.GetInt64(0),
                Url = row.GetString(1),
                HeaderNames = row.GetFieldValue<string[]>(2),
                Credentials = row.IsDBNull(3) ? null : row.GetFieldValue<byte[]>(3),
                Secret = row.GetFieldValue<byte[]>(4),
                Former = row.IsDBNull(5) ? null : row.GetFieldValue<byte[]>(5),
                Rate = row.IsDBNull(6) ? (int?)null : row.GetInt32(6),
                Strict = row.GetBoolean(7),
                Authentication = row.IsDBNull(8) ? null : DomainJson.Read<EndpointAuthentication>(row.GetString(8)),
                Certificate = row.IsDBNull(9) ? null : row.GetString(9),
                Authority = row.IsDBNull(10) ? null : row.GetString(10),
            },
            cancel);
        if (stored is null)
            return null;

        var credentials = stored.Credentials is { } box
            ? DomainJson.Read<EndpointCredentials>(secrets.Open(box, CredentialsContext(id)))
            : new([], null, null);
        return new(
            id, tenant, stored.Version, new(stored.Url),
            [.. stored.HeaderNames.Zip(credentials.Headers, KeyValuePair.Create)],
            [.. new[] { stored.Secret, stored.Former }.OfType<byte[]>().Select(s => WebhookSignature.Key(secrets.Open(s, SecretContext(id))))],
            stored.Rate, stored.Strict, WithSecret(stored.Authentication, credentials.Authentication),
            stored.Certificate is { } certificate ? new(certificate, credentials.PrivateKey) : null, stored.Authority);
    }

    private static EndpointAuthentication? WithSecret(EndpointAuthentication? authentication, string? secret) => authentication switch
    {
        HeaderAuthentication header => header with { Value = secret },
        QueryAuthentication query => query with { Value = secret },
        OAuthAuthentication oauth => oauth with { ClientSecret = secret },
        _ => null,
    };
}
