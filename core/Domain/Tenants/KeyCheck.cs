using QualityIngest.Database;

namespace QualityIngest.Domain.Tenants;

/// <summary>What a shown secret turned out to be.</summary>
public enum KeyStanding
{
    /// <summary>A key that works.</summary>
    Valid,

    /// <summary>No key of this installation.</summary>
    Unknown,

    /// <summary>A key that was revoked.</summary>
    Revoked,

    /// <summary>A key whose time is over.</summary>
    Expired,
}

/// <summary>A key that was looked up.</summary>
/// <param name="Standing">Whether it works.</param>
/// <param name="Id">The key's id; null: the configuration's, or unknown.</param>
/// <param name="Tenant">Whose it is; null: an administrator's.</param>
/// <param name="Scopes">What it allows.</param>
public sealed record CheckedKey(KeyStanding Standing, Guid? Id = null, string? Tenant = null, IReadOnlyList<string>? Scopes = null);

/// <summary>
/// Tells who a secret belongs to. Every request asks the database anew, so that a revoked key ends at once on every node;
/// what does not even look like a key is refused without asking.
/// </summary>
public sealed class KeyCheck(Postgres postgres, BootstrapKey bootstrap, KeyUse use)
{
    private static readonly CheckedKey Unknown = new(KeyStanding.Unknown);
    private static readonly string[] AdministratorScopes = [.. Scopes.OfAdministrators];

    /// <summary>Looks a secret up.</summary>
    public async Task<CheckedKey> Check(string secret, CancellationToken cancel)
    {
        if (bootstrap.IsConfigured(secret))
            return new CheckedKey(KeyStanding.Valid, Scopes: AdministratorScopes);
        if (!ApiKeySecret.IsWellFormed(secret))
            return Unknown;

        await using var session = await postgres.System(cancel);
        var (key, unseen) = await session.First(
            new Statement(
                """
                select id, tenant_id, scopes, revoked_at is not null, coalesce(expires_at <= clock_timestamp(), false),
                       coalesce(last_used_at < clock_timestamp() - interval '1 minute', true)
                from api_keys where hash = $1
                """,
                ApiKeySecret.Hash(secret)),
            row => (
                new CheckedKey(
                    row.GetBoolean(3) ? KeyStanding.Revoked : row.GetBoolean(4) ? KeyStanding.Expired : KeyStanding.Valid,
                    row.GetGuid(0),
                    row.IsDBNull(1) ? null : row.GetString(1),
                    row.GetFieldValue<string[]>(2)),
                row.GetBoolean(5)),
            cancel);
        if (key is { Standing: KeyStanding.Valid, Id: { } id } && unseen)
            use.Note(id);
        return key ?? Unknown;
    }

    /// <summary>Whether a key that was shown a while ago would still be let in, for answers that last.</summary>
    public async Task<bool> StillOpens(Guid key, string scope, CancellationToken cancel)
    {
        await using var session = await postgres.System(cancel);
        return await session.Scalar<bool>(
            new Statement(
                """
                select exists (
                    select from api_keys
                    where id = $1 and revoked_at is null and (expires_at is null or expires_at > clock_timestamp()) and $2 = any(scopes))
                """,
                key, scope),
            cancel);
    }
}
