using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace QualityIngest.Domain.Tenants;

/// <summary>How tenants and their keys join an application.</summary>
public static class TenantServices
{
    /// <summary>Registers tenants, API keys, grants and the audit trail.</summary>
    public static IServiceCollection AddTenants(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(Console.Out);
        services.AddSingleton<TenantRegistry>();
        services.AddSingleton<ServiceGrants>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<KeyCheck>();
        services.AddSingleton<BootstrapKey>();
        services.AddHostedService(provider => provider.GetRequiredService<BootstrapKey>());
        services.AddSingleton<KeyUse>();
        services.AddHostedService(provider => provider.GetRequiredService<KeyUse>());
        return services;
    }
}
