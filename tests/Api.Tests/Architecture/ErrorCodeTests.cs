using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace QualityIngest.Api.Tests.Architecture;

/// <summary>A code that a caller can meet is one that the page of errors explains.</summary>
public sealed partial class ErrorCodeTests
{
    [Fact]
    public void Every_code_is_explained()
    {
        var page = File.ReadAllText(Path.Combine(Root(), "docs", "errors.md"));
        var codes = new[] { "api", "core/Domain" }
            .SelectMany(room => Directory.EnumerateFiles(Path.Combine(Root(), room), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(file => Code().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["code"].Value)
            .ToHashSet();

        Assert.True(codes.Count > 40, "The codes were not found.");
        Assert.Empty(codes.Where(code => !page.Contains($"`{code}`", StringComparison.Ordinal)).Order());
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    [GeneratedRegex("""(Conflict|Refused|Denied|Malformed|Unavailable|ProblemError)\(\s*"(?<code>[a-z_]+)"|(Refuse|Invalid|NotificationFault)\([^,"]*("[^"]*")?, *"(?<code>[a-z_]+)"|Problem\.Of\(\s*[A-Za-z0-9.]+,\s*"(?<code>[a-z_]+)"|Refuse\("(?<code>invalid_(limit|cursor))""")]
    private static partial Regex Code();
}
