using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace QualityIngest.Audio;

/// <summary>How the room joins an application.</summary>
public static class SoundServices
{
    /// <summary>
    /// Adds the meter and the spool. The application does not start where libsndfile is missing.
    /// </summary>
    /// <param name="services">Where they are added.</param>
    /// <param name="configuration">Has the section <c>Audio</c>.</param>
    /// <param name="program">The program that runs <see cref="SoundWorker"/> when it is told to. Default: the one that was started.</param>
    public static IServiceCollection AddSound(this IServiceCollection services, IConfiguration configuration, Assembly? program = null)
    {
        services.AddOptions<SoundOptions>().Bind(configuration.GetSection(SoundOptions.Section))
            .Validate(o => o.IsValid, SoundOptions.Rule)
            .Validate(_ => SoundLibrary.IsPresent, SoundLibrary.HowToInstall)
            .ValidateOnStart();
        services.AddSingleton(s => new SoundSpool(s.GetRequiredService<IOptions<SoundOptions>>().Value));
        services.AddSingleton<ISoundMeter>(s => new SoundPool(
            s.GetRequiredService<IOptions<SoundOptions>>().Value, program ?? Assembly.GetEntryAssembly(), s.GetRequiredService<ILogger<SoundPool>>()));
        return services;
    }
}
