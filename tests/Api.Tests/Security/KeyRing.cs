using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Security;

/// <summary>How a request shows a key.</summary>
/// <param name="Secret">The key; null: none.</param>
/// <param name="Scheme">The scheme of <c>Authorization</c>; null: the header <c>X-API-Key</c>.</param>
public sealed record ShownKey(string? Secret, string? Scheme = "Bearer")
{
    /// <summary>No key at all.</summary>
    public static ShownKey None { get; } = new(null, null);
}

/// <summary>Keys of every kind, good and bad, of the owner, of a stranger and of administrators.</summary>
public sealed class KeyRing
{
    /// <summary>All that a tenant's key can have.</summary>
    public static readonly string[] TenantScopes =
    [
        "connectors:read", "connectors:write", "conversations:read", "conversations:write", "transcripts:read", "erase:write",
        "webhooks:read", "webhooks:write", "notifications:write",
    ];

    private static readonly string[] AdministratorScopes = ["admin:read", "admin:write"];

    private readonly Dictionary<string, string> _lacking = [];

    private KeyRing(string owner, string administrator, string stranger) => (Owner, Administrator, Stranger) = (owner, administrator, stranger);

    /// <summary>The owner's key with every scope.</summary>
    public string Owner { get; }

    /// <summary>An administrator's, with every scope.</summary>
    public string Administrator { get; }

    /// <summary>The stranger's, with every scope.</summary>
    public string Stranger { get; }

    /// <summary>What works for an operation.</summary>
    public ShownKey Fitting(Operation operation) => new(operation.Administers ? Administrator : Owner);

    /// <summary>The keys that never work, by what they are, with the code that they are refused with.</summary>
    public IReadOnlyDictionary<string, (Func<Operation, ShownKey> Key, string Code)> Useless { get; private set; } =
        new Dictionary<string, (Func<Operation, ShownKey>, string)>();

    /// <summary>A key with all scopes of its kind but the one that the operation needs.</summary>
    public ShownKey Lacking(Operation operation) => new(_lacking[operation.Scope!]);

    /// <summary>A key with all scopes, of the kind that the operation is not for.</summary>
    public ShownKey OfTheOtherKind(Operation operation) => new(operation.Administers ? Owner : Administrator);

    /// <summary>Makes them.</summary>
    public static async Task<KeyRing> Cut(MatrixHost host)
    {
        var ring = new KeyRing(
            await New(host, Estate.Owner, TenantScopes), await New(host, null, AdministratorScopes), await New(host, Estate.Stranger, TenantScopes));
        foreach (var scope in TenantScopes)
            ring._lacking[scope] = await New(host, Estate.Owner, [.. TenantScopes.Where(s => s != scope)]);
        foreach (var scope in AdministratorScopes)
            ring._lacking[scope] = await New(host, null, [.. AdministratorScopes.Where(s => s != scope)]);
        var (revoked, expired) = (await Pair(host, Revoke), await Pair(host, Expire));
        ring.Useless = new Dictionary<string, (Func<Operation, ShownKey>, string)>
        {
            ["no key"] = (_ => ShownKey.None, "missing_key"),
            ["another scheme"] = (o => ring.Fitting(o) with { Scheme = "Basic" }, "missing_key"),
            ["what is no key"] = (_ => new("correct-horse-battery-staple"), "invalid_key"),
            ["what is no key, in the other header"] = (_ => new("' or 1=1 --", null), "invalid_key"),
            ["a broken checksum"] = (o => new(Misspelt(ring.Fitting(o).Secret!)), "invalid_key"),
            ["a key that was never made"] = (_ => new(Domain.Tenants.ApiKeySecret.Generate()), "invalid_key"),
            ["a revoked key"] = (o => new(revoked[o.Administers]), "revoked_key"),
            ["an expired key"] = (o => new(expired[o.Administers]), "expired_key"),
        };
        return ring;
    }

    /// <summary>Another key with another checksum.</summary>
    private static string Misspelt(string secret) => secret[..^1] + (secret[^1] == '0' ? '1' : '0');

    private static async Task<string> New(ApiHost host, string? tenant, string[] scopes) =>
        (await host.Admin.CreateApiKeyAsync(new() { Name = "Matrix", Tenant = tenant, Scopes = scopes })).Secret;

    /// <summary>One key of a tenant and one of an administrator, both ended.</summary>
    private static async Task<Dictionary<bool, string>> Pair(ApiHost host, Func<ApiHost, IssuedApiKey, Task> end)
    {
        var pair = new Dictionary<bool, string>();
        foreach (var administers in new[] { true, false })
        {
            var key = await host.Admin.CreateApiKeyAsync(new()
            {
                Name = "Ended",
                Tenant = administers ? null : Estate.Owner,
                Scopes = administers ? AdministratorScopes : TenantScopes,
                ExpiresAt = DateTimeOffset.UtcNow.AddDays(1),
            });
            await end(host, key);
            pair[administers] = key.Secret;
        }

        return pair;
    }

    private static Task Revoke(ApiHost host, IssuedApiKey key) => host.Admin.RevokeApiKeyAsync(key.Key.Id);

    private static async Task Expire(ApiHost host, IssuedApiKey key)
    {
        await using var command = host.Database.Source.CreateCommand("update api_keys set expires_at = now() - interval '1 second' where id = $1");
        command.Parameters.Add(new() { Value = key.Key.Id });
        await command.ExecuteNonQueryAsync();
    }
}
