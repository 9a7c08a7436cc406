using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace QualityIngest.Api.Health;

/// <summary>Whether the process lives, and whether it can work.</summary>
public static class HealthEndpoints
{
    /// <summary>Registers the checks.</summary>
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<DatabaseCheck>("database", timeout: TimeSpan.FromSeconds(5));
        return services;
    }

    /// <summary>
    /// <c>/health/live</c>: the process answers, whatever its database does. <c>/health/ready</c>: the database is reachable and
    /// has this version's schema; 503 otherwise.
    /// </summary>
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready");
    }
}
