using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using QualityIngest.Domain.Formats.Feeds;

namespace QualityIngest.Domain.Formats;

/// <summary>Registers the formats.</summary>
public static class FormatServices
{
    /// <summary>Adds every <see cref="IFileFormat"/> with its options, and <see cref="FileFormats"/>.</summary>
    public static IServiceCollection AddFormats(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<QualityCsvOptions>().Bind(configuration.GetSection(QualityCsvOptions.Section))
            .Validate(o => o.IsValid, QualityCsvOptions.Rule).ValidateOnStart();
        services.AddOptions<ConversationJsonOptions>().Bind(configuration.GetSection(ConversationJsonOptions.Section))
            .Validate(o => o.IsValid, ConversationJsonOptions.Rule).ValidateOnStart();
        services.AddSingleton<IFileFormat, QualityCsvFormat>();
        services.AddSingleton<IFileFormat, ConversationJsonFormat>();
        services.AddSingleton<IFileFormat, FeedsFormat>();
        services.AddSingleton<FileFormats>();
        return services;
    }
}
