using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace QualityIngest.Domain.Telemetry;

/// <summary>How the figures of <c>/metrics</c> join an application.</summary>
public static class TelemetryServices
{
    /// <summary>Registers what asks the database for them.</summary>
    public static IServiceCollection AddGauges(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<MetricsOptions>()
            .Bind(configuration.GetSection(MetricsOptions.Section)).Validate(options => options.IsValid, MetricsOptions.Rule).ValidateOnStart();
        services.AddSingleton<Gauges>();
        return services;
    }
}
