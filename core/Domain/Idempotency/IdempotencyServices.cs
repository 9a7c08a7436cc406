using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace QualityIngest.Domain.Idempotency;

/// <summary>How kept answers join an application.</summary>
public static class IdempotencyServices
{
    /// <summary>Registers them.</summary>
    public static IServiceCollection AddIdempotency(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<IdempotencyOptions>()
            .Bind(configuration.GetSection(IdempotencyOptions.Section)).Validate(options => options.IsValid, IdempotencyOptions.Rule).ValidateOnStart();
        services.AddSingleton<KeptAnswers>();
        return services;
    }
}
