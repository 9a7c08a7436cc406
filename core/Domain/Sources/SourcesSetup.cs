using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using QualityIngest.Domain.Outbound;

namespace QualityIngest.Domain.Sources;

/// <summary>Registers the room.</summary>
public static class SourcesSetup
{
    /// <summary>Adds <see cref="OutboundGuard"/>, <see cref="S3Sources"/>, <see cref="LocatorReader"/> and <see cref="ConnectionTest"/> with their options.</summary>
    public static IServiceCollection AddSources(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<OutboundOptions>().Bind(configuration.GetSection(OutboundOptions.Section)).ValidateOnStart();
        services.AddOptions<SourceOptions>().Bind(configuration.GetSection(SourceOptions.Section)).ValidateOnStart();
        services.AddOptions<DeploymentIdentityOptions>().Bind(configuration.GetSection(DeploymentIdentityOptions.Section)).ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<OutboundGuard>();
        services.AddSingleton<S3Sources>();
        services.AddSingleton<LocatorReader>();
        services.AddSingleton<ConnectionTest>();
        return services;
    }
}
