using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace QualityIngest.Domain.Notifications;

/// <summary>How bucket notifications join an application.</summary>
public static class NotificationServices
{
    /// <summary>Registers addresses, the inbox and what it needs to believe a message. The look at the bucket is a step of the flow.</summary>
    public static IServiceCollection AddNotifications(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<NotificationOptions>().Bind(configuration.GetSection(NotificationOptions.Section))
            .Validate(options => options.IsValid, NotificationOptions.Rule)
            .ValidateOnStart();
        services.AddSingleton<NotificationDirectory>();
        services.AddSingleton<SnsAddresses>();
        services.AddSingleton<SnsCalls>();
        services.AddSingleton<ISigningCertificates, SigningCertificates>();
        services.AddSingleton<SnsVerification>();
        services.AddSingleton<SnsConfirmation>();
        services.AddSingleton<NotificationInbox>();
        return services;
    }
}
