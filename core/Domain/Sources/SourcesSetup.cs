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
        services.AddOptions<OutboundOptions>().Bind(configuration.GetSection(OutboundOptions.Section))
            .Validate(AllowList.CanRead, "Outbound:Allow holds hosts, addresses or ranges, each with or without a port.")
            .Validate(options => options.ConnectTimeout > TimeSpan.Zero, "Outbound:ConnectTimeout is more than nothing.")
            .ValidateOnStart();
        services.AddOptions<SourceOptions>().Bind(configuration.GetSection(SourceOptions.Section))
            .Validate(
                options => options is { MaxObjectBytes: > 0, MaxClients: > 0, TestLocators: >= 0, TestParallelism: > 0 }
                    && options.RequestTimeout > TimeSpan.Zero && options.ReadTimeout > TimeSpan.Zero
                    && options.RoleDuration >= TimeSpan.FromMinutes(15) && options.RoleDuration <= TimeSpan.FromHours(12)
                    && options.RoleRefreshBefore >= TimeSpan.Zero && options.RoleRefreshBefore < options.RoleDuration,
                "Sources holds positive limits; RoleDuration is 15 minutes to 12 hours and longer than RoleRefreshBefore.")
            .ValidateOnStart();
        services.AddOptions<DeploymentIdentityOptions>().Bind(configuration.GetSection(DeploymentIdentityOptions.Section))
            .Validate(
                options => string.IsNullOrEmpty(options.AccessKeyId) == string.IsNullOrEmpty(options.SecretAccessKey)
                    && string.IsNullOrEmpty(options.WebIdentityRoleArn) == string.IsNullOrEmpty(options.WebIdentityTokenFile),
                "Aws holds both parts of a key pair, or role and token file together.")
            .Validate(
                options => new[] { !string.IsNullOrEmpty(options.AccessKeyId), !string.IsNullOrEmpty(options.WebIdentityRoleArn), options.UseEnvironment }.Count(set => set) <= 1,
                "Aws names one identity: keys, a web identity, or the environment's.")
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<OutboundGuard>();
        services.AddSingleton<S3Sources>();
        services.AddSingleton<LocatorReader>();
        services.AddSingleton<ConnectionTest>();
        return services;
    }
}
