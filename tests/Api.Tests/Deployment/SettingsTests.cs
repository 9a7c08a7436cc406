using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using QualityIngest.Api.Tests.Pages;
using QualityIngest.Domain.Sources;
using QualityIngest.TestKit;

namespace QualityIngest.Api.Tests.Deployment;

/// <summary>The page of operating lists every setting with its type, default and bounds, as the code has them.</summary>
public sealed partial class SettingsTests
{
    private static readonly Page Reference = Page.Of("docs/operating.md").Section("Configuration reference");

    private static readonly Dictionary<string, Row> Rows = RowLine().Matches(Reference.Text)
        .Select(match => new Row(
            match.Groups["name"].Value, match.Groups["type"].Value, Value(match.Groups["default"].Value), match.Groups["bounds"].Value, match.Groups["meaning"].Value))
        .ToDictionary(row => row.Name);

    [Fact]
    public void Every_setting_is_listed_with_its_type_and_default() => Assert.Equal(
        Settings.All.Select(setting => $"{setting.Name} | {setting.Type} | {setting.Default}").Order(StringComparer.Ordinal),
        Rows.Values.Where(row => row.Type is not "").Select(row => $"{row.Name} | {row.Type} | {row.Default}").Order(StringComparer.Ordinal));

    [Fact]
    public void Every_record_of_options_is_known() =>
        Assert.Superset(
            new HashSet<string> { "Audio", "Aws", "Database", "GraphQL", "GraphQL:Limits", "Ingest", "Outbound", "Webhooks", "Work" },
            Settings.Records.Select(record => record.Section).ToHashSet());

    [Fact]
    public void What_is_read_by_its_name_alone_is_listed()
    {
        var names = new[] { "api", "core" }
            .SelectMany(room => Directory.EnumerateFiles(Path.Combine(Checkout.Root, room), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(file => ByName().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["name"].Value.Replace(":", "__", StringComparison.Ordinal))
            .Distinct().ToArray();

        Assert.True(names.Length > 3, "The names were not found.");
        Assert.All(names, name => Assert.Contains(Rows.Keys, row => row.StartsWith(name + "__", StringComparison.OrdinalIgnoreCase)
            || row.Equals(name, StringComparison.OrdinalIgnoreCase) || (name is "urls" && row is "ASPNETCORE_URLS")));
    }

    [Fact]
    public void Every_setting_has_a_meaning() => Assert.All(Rows.Values, row => Assert.True(row.Meaning.Length > 10, $"{row.Name} has no meaning."));

    [Fact]
    public void Every_number_and_duration_keeps_to_its_bounds()
    {
        var bounded = Settings.All.Where(setting => Rows.TryGetValue(setting.Name, out var row) && row.Bounds is not "–").ToArray();

        Assert.True(bounded.Length > 80, "The bounds were not found.");
        Assert.All(bounded, setting =>
        {
            var bounds = Bounds.Parse(Rows[setting.Name].Bounds);
            Assert.All(bounds.Within(setting.Type), value => Assert.True(Takes(setting, value), $"{setting.Name} should take {value}."));
            Assert.All(bounds.Outside(setting.Type), value => Assert.False(Takes(setting, value), $"{setting.Name} should refuse {value}."));
        });
    }

    private static bool Takes(Setting setting, string value)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new(setting.Name.Replace("__", ":", StringComparison.Ordinal), value)]).Build();
        if (setting.Options.Type.GetMethod("From", [typeof(IConfiguration)]) is { } from)
        {
            try
            {
                return from.Invoke(null, [configuration]) is not null;
            }
            catch (TargetInvocationException refused) when (refused.InnerException is InvalidOperationException)
            {
                return false;
            }
        }
        if (setting.Options.Type.GetProperty("IsValid", BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic) is { } valid)
            return (bool)valid.GetValue(configuration.GetSection(setting.Options.Section).Get(setting.Options.Type) ?? Activator.CreateInstance(setting.Options.Type))!;
        return Starts(configuration);
    }

    // The records whose rule stands where they are registered.
    private static bool Starts(IConfiguration configuration)
    {
        using var services = new ServiceCollection().AddLogging().AddSources(configuration).BuildServiceProvider();
        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
            return true;
        }
        catch (OptionsValidationException)
        {
            return false;
        }
    }

    private static string? Value(string cell) => cell is "–" ? null : cell.Trim('`');

    [GeneratedRegex(@"^\| `(?<name>\w+(?:__[\w-]+)*)`(?: …)? \| (?<type>\w*) \| (?<default>[^|]*) \| (?<bounds>[^|]*) \| (?<meaning>.*) \|$", RegexOptions.Multiline)]
    private static partial Regex RowLine();

    [GeneratedRegex("""onfiguration(?:\.GetSection\(|\[)"(?<name>[A-Za-z:]+)(?=")""")]
    private static partial Regex ByName();

    private sealed record Row(string Name, string Type, string? Default, string Bounds, string Meaning);

    private sealed partial record Bounds(string? Least, string? Most, string? Above)
    {
        public static Bounds Parse(string text)
        {
            var match = Words().Match(text);
            Assert.True(match.Success, $"These bounds cannot be read: {text}");
            return new(Group("least") ?? Group("from"), Group("to"), Group("above"));

            string? Group(string name) => match.Groups[name] is { Success: true } group ? group.Value : null;
        }

        public IEnumerable<string> Within(string type) => Both(Least, Most, Above is null ? null : Step(type, Above, 1));

        public IEnumerable<string> Outside(string type) =>
            Both(Least is null ? null : Step(type, Least, -1), Most is null ? null : Step(type, Most, 1), Above);

        private static IEnumerable<string> Both(params string?[] values) => values.OfType<string>();

        private static string Step(string type, string value, int sign) => type switch
        {
            "duration" => (TimeSpan.Parse(value, CultureInfo.InvariantCulture) + TimeSpan.FromMilliseconds(sign)).ToString("c", CultureInfo.InvariantCulture),
            _ when value.Contains('.', StringComparison.Ordinal) => (double.Parse(value, CultureInfo.InvariantCulture) + sign * 0.01).ToString(CultureInfo.InvariantCulture),
            _ => (long.Parse(value, CultureInfo.InvariantCulture) + sign).ToString(CultureInfo.InvariantCulture),
        };

        [GeneratedRegex(@"^(?:at least (?<least>\S+)|above (?<above>\S+)|(?<from>\S+) to (?<to>\S+))$")]
        private static partial Regex Words();
    }
}
