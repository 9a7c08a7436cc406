using System.Globalization;
using QualityIngest.TestKit;
using QualityIngest.TestKit.Processes;
using QualityIngest.TestKit.S3;

namespace QualityIngest.Api.Tests.Pages;

/// <summary>What a newcomer pastes from the front page works, and prints what stands there.</summary>
public sealed class TourTests
{
    [SkippableFact]
    public async Task The_five_minutes_of_the_readme_go_as_it_says()
    {
        TestDatabase.Require();
        S3Server.RequireOrSkip();
        Terminal.Require("curl", "node", "setsid");
        using var terminal = new Terminal(new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}"),
            ["HOOK_PORT"] = FreePort.Next().ToString(CultureInfo.InvariantCulture),
        });

        await terminal.Run(Page.Of("README.md").Section("Five minutes").Shell(), TimeSpan.FromMinutes(3));
    }
}
