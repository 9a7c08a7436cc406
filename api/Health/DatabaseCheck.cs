using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using QualityIngest.Database;

namespace QualityIngest.Api.Health;

/// <summary>The database is reachable, and its schema is this version's.</summary>
public sealed class DatabaseCheck(Migrator migrator) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await migrator.Verify(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception unavailable) when (unavailable is NpgsqlException or SchemaException)
        {
            return HealthCheckResult.Unhealthy(exception: unavailable);
        }
    }
}
