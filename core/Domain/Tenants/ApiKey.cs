namespace QualityIngest.Domain.Tenants;

/// <summary>An API key, without its secret, which is kept nowhere.</summary>
/// <param name="Id">The key's id, which audit rows name.</param>
/// <param name="Tenant">Whose key it is; null: an administrator's.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Hint">The first characters of the secret, to tell keys apart.</param>
/// <param name="Scopes">What it allows.</param>
/// <param name="ExpiresAt">When it stops working by itself; null: never.</param>
/// <param name="RevokedAt">When it was revoked; null: it was not.</param>
/// <param name="LastUsedAt">When it was last used, to within a minute or two; null: never.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record ApiKey(
    Guid Id,
    string? Tenant,
    string Name,
    string Hint,
    IReadOnlyList<string> Scopes,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt,
    DateTimeOffset? LastUsedAt,
    DateTimeOffset CreatedAt);

/// <summary>An API key to create.</summary>
/// <param name="Name">What people call it, 1–200 characters.</param>
/// <param name="Scopes">
/// What it allows, at least one: for a tenant <c>connectors:read</c>, <c>connectors:write</c>, <c>conversations:read</c>,
/// <c>conversations:write</c>, <c>transcripts:read</c>, <c>erase:write</c>, <c>webhooks:read</c>, <c>webhooks:write</c>;
/// for an administrator <c>admin:read</c>, <c>admin:write</c>.
/// </param>
/// <param name="Tenant">Whose key it will be; absent: an administrator's.</param>
/// <param name="ExpiresAt">When it stops working by itself, in the future; absent: never.</param>
public sealed record NewApiKey(string Name, IReadOnlyList<string> Scopes, string? Tenant = null, DateTimeOffset? ExpiresAt = null);

/// <summary>A new API key and its secret.</summary>
/// <param name="Key">The key, but for its secret.</param>
/// <param name="Secret">Sent as <c>Authorization: Bearer …</c>. Shown this once: only its hash is kept.</param>
public sealed record IssuedApiKey(ApiKey Key, string Secret);
