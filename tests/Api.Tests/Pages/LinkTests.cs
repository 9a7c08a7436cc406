using System.Text.RegularExpressions;
using QualityIngest.TestKit;

namespace QualityIngest.Api.Tests.Pages;

/// <summary>The pages lead somewhere.</summary>
public sealed partial class LinkTests
{
    [Fact]
    public void Every_link_between_pages_leads_to_a_file_and_a_heading_that_are_there()
    {
        var links = Pages().SelectMany(page => Link().Matches(page.Text).Select(match => (page.Path, Target: match.Groups["target"].Value)))
            .Where(link => !link.Target.Contains("://", StringComparison.Ordinal)).ToArray();

        Assert.True(links.Length > 50, "The links were not found.");
        Assert.All(links, link =>
        {
            var parts = link.Target.Split('#');
            var file = parts[0] is "" ? Full(link.Path) : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Full(link.Path))!, parts[0]));
            Assert.True(Path.Exists(file), $"{link.Path} leads to {link.Target}, which there is not.");
            if (parts.Length > 1 && file.EndsWith(".md", StringComparison.Ordinal))
                Assert.True(Anchors(file).Contains(parts[1]), $"{link.Path} leads to {link.Target}, a heading that there is not.");
        });
    }

    private static IEnumerable<Page> Pages() =>
        Directory.EnumerateFiles(Path.Combine(Checkout.Root, "docs"), "*.md", SearchOption.AllDirectories).Append(Full("README.md"))
            .Select(file => Page.Of(Path.GetRelativePath(Checkout.Root, file)));

    // As forges make them: lower case, hyphens for spaces, no other signs.
    private static HashSet<string> Anchors(string file) =>
        [.. Heading().Matches(File.ReadAllText(file)).Select(match => Sign().Replace(match.Groups["title"].Value.ToLowerInvariant(), "").Replace(' ', '-'))];

    private static string Full(string path) => Path.Combine(Checkout.Root, path);

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (?<title>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Sign();
}
