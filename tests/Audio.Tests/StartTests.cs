using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace QualityIngest.Audio.Tests;

public sealed class StartTests
{
    [Fact]
    public async Task The_room_joins_an_application_by_its_configuration()
    {
        using var host = Host(new() { ["Audio:Workers"] = "3", ["Audio:MaxDuration"] = "01:00:00", ["Audio:Command:0"] = "/bin/false" });
        await host.StartAsync();

        var options = host.Services.GetRequiredService<IOptions<SoundOptions>>().Value;

        Assert.Equal((3, TimeSpan.FromHours(1), 8), (options.Workers, options.MaxDuration, options.MaxChannels));
        Assert.IsType<SoundPool>(host.Services.GetRequiredService<ISoundMeter>());
        Assert.NotNull(host.Services.GetRequiredService<SoundSpool>());
        await host.StopAsync();
    }

    [Theory]
    [InlineData("Workers", "0")]
    [InlineData("FileTimeout", "00:00:00")]
    [InlineData("MemoryBytes", "1000")]
    [InlineData("MaxDuration", "2.00:00:00")]
    [InlineData("MaxChannels", "9")]
    public async Task A_value_out_of_bounds_keeps_it_from_starting(string name, string value)
    {
        using var host = Host(new() { [$"Audio:{name}"] = value });

        Assert.Contains(SoundOptions.Rule, (await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync())).Failures);
    }

    [Fact]
    public void A_missing_library_is_one_sentence_that_says_what_to_run()
    {
        Assert.Contains("apt-get install -y libsndfile1", SoundLibrary.HowToInstall, StringComparison.Ordinal);
        Assert.True(SoundLibrary.IsPresent, SoundLibrary.HowToInstall);
    }

    private static IHost Host(Dictionary<string, string?> settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddLogging();
        builder.Services.AddSound(builder.Configuration);
        return builder.Build();
    }
}
