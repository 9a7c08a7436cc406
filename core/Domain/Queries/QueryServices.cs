using Microsoft.Extensions.DependencyInjection;

namespace QualityIngest.Domain.Queries;

/// <summary>How callers' own queries join an application.</summary>
public static class QueryServices
{
    /// <summary>Registers them.</summary>
    public static IServiceCollection AddQueries(this IServiceCollection services) => services.AddSingleton<TenantQueries>();
}
