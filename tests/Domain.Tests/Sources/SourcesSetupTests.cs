using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Outbound;
using QualityIngest.Domain.Sources;

namespace QualityIngest.Domain.Tests.Sources;

public sealed class SourcesSetupTests
{
    [Fact]
    public void The_room_is_made_from_its_configuration()
    {
        using var services = Services(
            ("Outbound:Allow:0", "127.0.0.1:9000"), ("Outbound:Allow:1", "minio.internal"),
            ("Sources:MaxObjectBytes", "1000"), ("Sources:RoleDuration", "00:20:00"),
            ("Aws:AccessKeyId", "AKIA"), ("Aws:SecretAccessKey", "secret"), ("Aws:PrincipalArn", "arn:aws:iam::123456789012:user/qi"));

        Assert.NotNull(services.GetRequiredService<ConnectionTest>());
        Assert.NotNull(services.GetRequiredService<LocatorReader>());
        Assert.Same(services.GetRequiredService<S3Sources>(), services.GetRequiredService<S3Sources>());
        Assert.Equal((1000, TimeSpan.FromMinutes(20)), Options<SourceOptions>(services) switch { var options => (options.MaxObjectBytes, options.RoleDuration) });
        Assert.Equal("arn:aws:iam::123456789012:user/qi", Options<DeploymentIdentityOptions>(services).PrincipalArn);
        var guard = services.GetRequiredService<OutboundGuard>();
        Assert.True(guard.Vouches(new("http://127.0.0.1:9000")));
        Assert.True(guard.Vouches(new("http://minio.internal")));
        Assert.False(guard.Vouches(new("http://127.0.0.1:9001")));
    }

    [Theory]
    [InlineData("Outbound:Allow:0", "http://minio")]
    [InlineData("Outbound:ConnectTimeout", "00:00:00")]
    [InlineData("Sources:RoleDuration", "00:10:00")]
    [InlineData("Sources:RoleRefreshBefore", "02:00:00")]
    [InlineData("Sources:MaxObjectBytes", "0")]
    [InlineData("Aws:AccessKeyId", "AKIA")]
    [InlineData("Aws:WebIdentityTokenFile", "/token")]
    [InlineData("QualityCsv:Limits:Columns", "0")]
    [InlineData("QualityCsv:Limits:RecordBytes", "1000")]
    [InlineData("ConversationJson:Archives:Members", "0")]
    public void A_configuration_that_makes_no_sense_is_refused_at_the_start(string name, string value)
    {
        using var services = Services((name, value));

        Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());
    }

    [Fact]
    public void Two_identities_are_one_too_many()
    {
        using var services = Services(("Aws:AccessKeyId", "AKIA"), ("Aws:SecretAccessKey", "secret"), ("Aws:UseEnvironment", "true"));

        Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());
    }

    private static T Options<T>(ServiceProvider services) where T : class => services.GetRequiredService<IOptions<T>>().Value;

    private static ServiceProvider Services(params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, string? (setting) => setting.Value)).Build();
        return new ServiceCollection().AddFormats(configuration).AddSources(configuration).BuildServiceProvider();
    }
}
