using System.Text.Json.Serialization;

namespace QualityIngest.Domain.Webhooks;

/// <summary>An endpoint with its secrets, ready to be called. It never leaves the node and is never logged.</summary>
/// <param name="Id">The endpoint.</param>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Version">The configuration that it was opened at.</param>
/// <param name="Url">Where messages go.</param>
/// <param name="Headers">What else every message carries.</param>
/// <param name="SigningKeys">The keys that sign: the current one, and during a rotation the former one.</param>
/// <param name="Rate">Attempts a second; null: as many as there are.</param>
/// <param name="StrictOrder">Whether nothing is sent before what came first has been delivered or given up.</param>
/// <param name="Authentication">What the endpoint knows its caller by, besides the signature; null: nothing.</param>
/// <param name="Certificate">The certificate and private key that the caller presents, as PEM; null: none.</param>
/// <param name="Authority">The only authority that the endpoint's certificate may come from, as PEM; null: the system's.</param>
public sealed record OpenEndpoint(
    Guid Id, string Tenant, long Version, Uri Url, IReadOnlyList<KeyValuePair<string, string>> Headers, IReadOnlyList<byte[]> SigningKeys,
    int? Rate, bool StrictOrder, EndpointAuthentication? Authentication, ClientCertificate? Certificate, string? Authority);

/// <summary>What an endpoint knows its caller by.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(HeaderAuthentication), "header")]
[JsonDerivedType(typeof(QueryAuthentication), "query")]
[JsonDerivedType(typeof(OAuthAuthentication), "oauth2")]
public abstract record EndpointAuthentication;

/// <summary>A secret in a header.</summary>
/// <param name="Name">The header's name.</param>
/// <param name="Value">The secret: written, sealed, never read back. Null when reading, or to keep the stored one.</param>
public sealed record HeaderAuthentication(string Name, string? Value = null) : EndpointAuthentication;

/// <summary>A secret in a query parameter.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Value">The secret: written, sealed, never read back. Null when reading, or to keep the stored one.</param>
public sealed record QueryAuthentication(string Name, string? Value = null) : EndpointAuthentication;

/// <summary>An access token, got with client credentials (RFC 6749, section 4.4).</summary>
/// <param name="TokenUrl">Where tokens are issued.</param>
/// <param name="ClientId">The name of the client at the token's server.</param>
/// <param name="ClientSecret">Its secret: written, sealed, never read back. Null when reading, or to keep the stored one.</param>
/// <param name="Scope">What the token is asked for; null: what the issuer grants by itself.</param>
/// <param name="Audience">Whom the token is for, where the issuer wants to know.</param>
public sealed record OAuthAuthentication(
    string TokenUrl, string ClientId, string? ClientSecret = null, string? Scope = null, string? Audience = null) : EndpointAuthentication;

/// <summary>What a caller presents in TLS.</summary>
/// <param name="Certificate">The certificate, and those between it and its authority, as PEM.</param>
/// <param name="PrivateKey">Its private key as PEM: written, sealed, never read back. Null when reading, or to keep the stored one.</param>
public sealed record ClientCertificate(string Certificate, string? PrivateKey = null);
