using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using QualityIngest.Api.Http;
using QualityIngest.Domain;

namespace QualityIngest.Api.Tests.Architecture;

/// <summary>A code that a caller can meet is one that the page of errors explains.</summary>
public sealed partial class ErrorCodeTests
{
    [Fact]
    public void Every_code_is_explained()
    {
        var page = Page();
        var codes = new[] { "api", "core/Domain" }
            .SelectMany(room => Directory.EnumerateFiles(Path.Combine(Root(), room), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(file => Code().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["code"].Value)
            .ToHashSet();

        Assert.True(codes.Count > 40, "The codes were not found.");
        Assert.Empty(codes.Where(code => !page.Contains($"`{code}`", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public void Every_listed_code_is_explained()
    {
        var page = Page();
        var codes = typeof(DomainServices).Assembly.GetTypes().Where(type => type.Name.EndsWith("Codes", StringComparison.Ordinal))
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field is { IsLiteral: true } && field.FieldType == typeof(string))
            .Select(field => (string)field.GetRawConstantValue()!)
            .Concat(ProblemCodes.All.Keys).ToHashSet();

        Assert.True(codes.Count > 150, "The codes were not found.");
        Assert.Empty(codes.Where(code => !page.Contains($"`{code}`", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public void Every_problem_is_explained_under_its_status() =>
        Assert.Empty(ProblemCodes.All.Where(problem => !Page().Contains($"| `{problem.Key}` | {problem.Value} |", StringComparison.Ordinal)).Select(problem => problem.Key));

    [Fact]
    public void Every_explanation_says_what_to_do()
    {
        var tables = Table().Matches(Page()).Where(table => table.Value.Split('\n')[0].Contains("what to do", StringComparison.Ordinal)).ToArray();

        Assert.True(tables.Length > 8, "The tables were not found.");
        Assert.All(tables.SelectMany(table => table.Value.TrimEnd().Split('\n')[2..].Select(row => (Row: row, Columns: table.Value.Split('\n')[0].Count(c => c == '|')))),
            entry =>
            {
                Assert.Equal(entry.Columns, entry.Row.Count(c => c == '|'));
                Assert.DoesNotMatch(@"\|\s*\|", entry.Row);
            });
    }

    [Fact]
    public void Every_code_is_explained_once_a_table() => Assert.All(
        Table().Matches(Page()).Select(table => table.Value.TrimEnd().Split('\n').Skip(2).Select(row => row.Split('|')[1].Trim()).ToList()),
        words => Assert.Equal(words.Distinct(StringComparer.Ordinal), words));

    private static string Page() => File.ReadAllText(Path.Combine(Root(), "docs", "errors.md"));

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    [GeneratedRegex(@"(?:^\|.*\n)+", RegexOptions.Multiline)]
    private static partial Regex Table();

    [GeneratedRegex("""(Conflict|Refused|Denied|Malformed|Unavailable|ProblemError)\(\s*"(?<code>[a-z_]+)"|(Refuse|Invalid|NotificationFault)\([^,"]*("[^"]*")?, *"(?<code>[a-z_]+)"|Problem\.Of\(\s*[A-Za-z0-9.]+,\s*"(?<code>[a-z_]+)"|Refuse\("(?<code>invalid_(limit|cursor))""")]
    private static partial Regex Code();
}
