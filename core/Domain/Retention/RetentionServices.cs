using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using QualityIngest.Domain.Scheduling;
using Quartz;

namespace QualityIngest.Domain.Retention;

/// <summary>Registers the room.</summary>
public static class RetentionServices
{
    /// <summary>Adds the hourly deletion of what is kept long enough; scheduling runs it.</summary>
    public static IServiceCollection AddRetention(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RetentionOptions>().Bind(configuration.GetSection(RetentionOptions.Section))
            .Validate(o => o.IsValid, RetentionOptions.Rule).ValidateOnStart();
        services.AddSingleton<RetentionSweep>();
        services.AddSingleton(new TimedJob("retention", key => JobBuilder.Create<RetentionJob>().WithIdentity(key).StoreDurably().Build(), "0 17 * * * ?"));
        return services;
    }
}
