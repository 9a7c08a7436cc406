using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using QualityIngest.Domain.Ingest;

namespace QualityIngest.Domain.Tests.Quotas;

public sealed class QuotaOptionsTests
{
    [Theory]
    [InlineData("Quota:BytesADay:quality-csv", "-1")]
    [InlineData("Quota:BytesADay:feeds", "1000000")]
    [InlineData("Quota:Sweep", "02:00:00")]
    public void A_quota_that_makes_no_sense_is_refused_at_the_start(string name, string value) =>
        Assert.Throws<OptionsValidationException>(() => Start(name, value));

    [Theory]
    [InlineData("Quota:BytesADay:quality-csv", "1000000")]
    [InlineData("Quota:BytesADay:feeds", "0")]
    public void Every_other_is_taken(string name, string value) => Start(name, value);

    private static void Start(string name, string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { [name] = value }).Build();
        using var services = new ServiceCollection().AddIngest(configuration).BuildServiceProvider();
        services.GetRequiredService<IStartupValidator>().Validate();
    }
}
