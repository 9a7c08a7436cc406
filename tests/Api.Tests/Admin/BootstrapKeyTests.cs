using Microsoft.Extensions.Configuration;
using QualityIngest.Domain.Tenants;
using QualityIngest.TestKit;

namespace QualityIngest.Api.Tests.Admin;

public sealed class BootstrapKeyTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [SkippableFact]
    public async Task Nodes_that_start_together_on_a_new_database_show_one_key_once()
    {
        var consoles = Enumerable.Range(0, 4).Select(_ => new StringWriter()).ToList();
        await Task.WhenAll(consoles.Select(console => Start(console, null)));

        var shown = Assert.Single(consoles, console => console.ToString().Length > 0).ToString();
        Assert.True(ApiKeySecret.IsWellFormed(shown.Split(": ")[^1].Trim()));

        var again = new StringWriter();
        await Start(again, null);
        Assert.Empty(again.ToString());
    }

    [SkippableFact]
    public void A_configured_key_that_is_short_keeps_the_application_from_starting() =>
        Assert.Throws<InvalidOperationException>(() => Key(TextWriter.Null, "too-short"));

    [SkippableFact]
    public async Task A_configured_key_is_not_shown()
    {
        var console = new StringWriter();
        await Start(console, ApiHost.AdminKey);
        Assert.Empty(console.ToString());
    }

    private Task Start(TextWriter console, string? configured) => Key(console, configured).StartAsync(CancellationToken.None);

    private BootstrapKey Key(TextWriter console, string? configured)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Admin:ApiKey"] = configured })
            .Build();
        return new BootstrapKey(configuration, database.Postgres, console);
    }
}
