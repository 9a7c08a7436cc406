using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using QualityIngest.Api.Tests.Pages;

namespace QualityIngest.Api.Tests.Deployment;

/// <summary>The page of operating explains what the log warns of.</summary>
public sealed partial class LogEventTests
{
    [Fact]
    public void Every_warning_and_error_is_explained()
    {
        var logged = Settings.Rooms.SelectMany(room => room.GetTypes())
            .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>())
            .Where(message => message is { Level: >= LogLevel.Warning })
            .Select(message => $"{message!.EventId} {message.Level}")
            .ToArray();
        var explained = RowLine().Matches(Page.Of("docs/operating.md").Section("Logs").Text)
            .SelectMany(match => match.Groups["ids"].Value.Split(", ").Select(id => $"{id} {match.Groups["level"].Value}"));

        Assert.True(logged.Length > 10, "The messages were not found.");
        Assert.Equal(logged.Distinct().Order(StringComparer.Ordinal), explained.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_two_messages_share_an_id()
    {
        var ids = Settings.Rooms.SelectMany(room => room.GetTypes())
            .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()?.EventId)
            .OfType<int>();

        Assert.Empty(ids.GroupBy(id => id).Where(id => id.Count() > 1).Select(id => id.Key.ToString(CultureInfo.InvariantCulture)));
    }

    [GeneratedRegex(@"^\| (?<ids>[0-9]+(?:, [0-9]+)*) \| (?<level>\w+) \|", RegexOptions.Multiline)]
    private static partial Regex RowLine();
}
