using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace QualityIngest.Domain.Queries;

/// <summary>How callers' own queries join an application.</summary>
public static class QueryServices
{
    /// <summary>Registers them.</summary>
    public static IServiceCollection AddQueries(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<TenantQueries>();
        services.AddOptions<QueryOptions>()
            .Bind(configuration.GetSection("GraphQL"))
            .Validate(options => options.TimeoutSeconds is >= 1 and <= 600, "GraphQL:TimeoutSeconds is from 1 to 600.")
            .ValidateOnStart();
        return services;
    }
}
