using Microsoft.Extensions.DependencyInjection;

namespace QualityIngest.Domain.Directory;

/// <summary>How queues and agents join an application.</summary>
public static class DirectoryServices
{
    /// <summary>Registers queues and agents.</summary>
    public static IServiceCollection AddDirectory(this IServiceCollection services)
    {
        services.AddSingleton<QueueDirectory>();
        services.AddSingleton<QueueImport>();
        services.AddSingleton<AgentChanges>();
        services.AddSingleton<AgentDirectory>();
        services.AddSingleton<AgentImport>();
        return services;
    }
}
