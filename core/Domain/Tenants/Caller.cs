namespace QualityIngest.Domain.Tenants;

/// <summary>Who asks on behalf of a tenant.</summary>
/// <param name="Tenant">The tenant, which is all that the caller can see.</param>
/// <param name="KeyId">The API key that was shown.</param>
/// <param name="Scopes">What the key allows; see <see cref="Tenants.Scopes"/>.</param>
public sealed record Caller(string Tenant, Guid KeyId, IReadOnlySet<string> Scopes)
{
    /// <summary>How audit rows name the caller.</summary>
    public string Actor => $"key:{KeyId}";
}

/// <summary>Who administers the installation. Has no tenant and sees no tenant's conversations.</summary>
/// <param name="KeyId">The API key that was shown; null: the key of the configuration.</param>
public sealed record Administrator(Guid? KeyId)
{
    /// <summary>How audit rows name the administrator.</summary>
    public string Actor => KeyId is { } id ? $"key:{id}" : "key:configuration";
}
