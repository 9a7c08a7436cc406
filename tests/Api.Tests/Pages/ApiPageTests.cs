using System.Globalization;
using QualityIngest.TestKit;

namespace QualityIngest.Api.Tests.Pages;

/// <summary>What the page of the API shows is what the API does.</summary>
public sealed class ApiPageTests(ApiHost host) : IClassFixture<ApiHost>
{
    [SkippableFact]
    public async Task Every_example_of_the_api_page_answers_as_it_says()
    {
        TestDatabase.Require();
        Terminal.Require("curl", "node", "setsid");
        using var terminal = new Terminal(new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = host.Address.AbsoluteUri.TrimEnd('/'),
            ["key"] = ApiHost.AdminKey,
        });

        await terminal.Run(Page.Of("docs/api.md").Shell(), TimeSpan.FromMinutes(2));
    }

    [Fact]
    public void Every_page_is_linked_from_the_front_page()
    {
        var front = Page.Of("README.md").Text;
        var pages = Directory.EnumerateFiles(Path.Combine(Checkout.Root, "docs"), "*.md").Select(Path.GetFileName);

        Assert.All(pages, page => Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"](docs/{page})"), front, StringComparison.Ordinal));
    }
}
