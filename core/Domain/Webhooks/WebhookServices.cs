using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using QualityIngest.Domain.Ingest;
using QualityIngest.Domain.Webhooks.Delivery;
using QualityIngest.EventStore;

namespace QualityIngest.Domain.Webhooks;

/// <summary>Registers the room.</summary>
public static class WebhookServices
{
    /// <summary>Adds the writing of messages and their delivery.</summary>
    public static IServiceCollection AddWebhooks(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<WebhookOptions>().Bind(configuration.GetSection(WebhookOptions.Section))
            .Validate(o => o.IsValid, WebhookOptions.Rule).ValidateOnStart();
        services.AddSingleton<IAppendListener, DeliveryWriter>();
        services.AddSingleton<EndpointDirectory>();
        services.AddSingleton<EndpointAccess>();
        services.AddSingleton<EndpointCallers>();
        services.AddSingleton<DeliveryQueue>();
        services.AddSingleton<Outbox>();
        services.AddSingleton<DeliveryDirectory>();
        services.AddSingleton<EventFeed>();
        services.AddSingleton<EventReader>();
        services.AddHostedService<DeliveryLoop>();
        services.AddSingleton<RedeliverStep>();
        services.AddHostedService<WorkLoop<RedeliverStep>>();
        return services;
    }
}
