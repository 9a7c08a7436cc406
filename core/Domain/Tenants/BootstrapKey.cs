using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using QualityIngest.Database;

namespace QualityIngest.Domain.Tenants;

/// <summary>
/// The first administrator key, without which nobody could make another: the configuration's <c>Admin:ApiKey</c>, or, when
/// that is absent and the installation has no working administrator key, one that is generated and printed once.
/// </summary>
public sealed class BootstrapKey : IHostedService
{
    /// <summary>The fewest characters that a configured key may have.</summary>
    public const int MinLength = 32;

    // Any number: it keeps two nodes that start together from making two keys.
    private const long Lock = 7_160_411_001;

    private readonly Postgres _postgres;
    private readonly TextWriter _console;
    private readonly byte[]? _configured;

    /// <summary>Reads the configuration.</summary>
    /// <param name="configuration">May have <c>Admin:ApiKey</c>.</param>
    /// <param name="postgres">Where a generated key's hash is kept.</param>
    /// <param name="console">Where a generated key is shown, this once.</param>
    /// <exception cref="InvalidOperationException">The configured key is too short.</exception>
    public BootstrapKey(IConfiguration configuration, Postgres postgres, TextWriter console)
    {
        (_postgres, _console) = (postgres, console);
        if (configuration["Admin:ApiKey"] is not { Length: > 0 } key)
            return;
        if (key.Length < MinLength)
            throw new InvalidOperationException($"Admin:ApiKey must have at least {MinLength} characters.");
        _configured = ApiKeySecret.Hash(key);
    }

    /// <summary>Whether a secret is the configuration's key.</summary>
    public bool IsConfigured(string secret) =>
        _configured is not null && CryptographicOperations.FixedTimeEquals(_configured, ApiKeySecret.Hash(secret));

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_configured is null && await Issue(cancellationToken) is { } secret)
            await _console.WriteLineAsync($"Administrator API key, shown this once: {secret}");
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<string?> Issue(CancellationToken cancel)
    {
        await using var session = await _postgres.System(cancel);
        await session.Execute(new Statement("select pg_advisory_xact_lock($1)", Lock), cancel);
        var exists = await session.Scalar<bool>(
            new Statement(
                """
                select exists (
                    select from api_keys
                    where tenant_id is null and revoked_at is null and coalesce(expires_at > clock_timestamp(), true))
                """),
            cancel);
        if (exists)
            return null;

        var secret = ApiKeySecret.Generate();
        var key = await ApiKeys.Insert(session, null, "bootstrap", secret, [.. Scopes.OfAdministrators.Order(StringComparer.Ordinal)], null, cancel);
        await session.Execute(AuditTrail.Entry("start", null, "api_key.created", key.Id.ToString(), new { key.Name, key.Scopes }), cancel);
        await session.Commit(cancel);
        return secret;
    }
}
