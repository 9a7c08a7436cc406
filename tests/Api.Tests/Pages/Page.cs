using System.Text.RegularExpressions;
using QualityIngest.TestKit;

namespace QualityIngest.Api.Tests.Pages;

/// <summary>A page of the documentation, by what a reader would do with it.</summary>
/// <param name="Path">Its path in the checkout.</param>
/// <param name="Text">All of it.</param>
public sealed partial record Page(string Path, string Text)
{
    /// <summary>Reads a page.</summary>
    public static Page Of(string path) => new(path, File.ReadAllText(System.IO.Path.Combine(Checkout.Root, path)));

    /// <summary>The part under a heading, up to the next one of the same or a higher level.</summary>
    public Page Section(string heading)
    {
        var start = Headings(Text).Single(match => match.Groups["title"].Value == heading);
        var level = start.Groups["level"].Length;
        var end = Headings(Text).FirstOrDefault(match => match.Index > start.Index && match.Groups["level"].Length <= level);
        return this with { Text = Text[start.Index..(end?.Index ?? Text.Length)] };
    }

    /// <summary>The blocks that are run, in their order; each with the block of text behind it, if there is one, as what it prints.</summary>
    public IReadOnlyList<ShellBlock> Shell()
    {
        var blocks = new List<ShellBlock>();
        foreach (Match fence in Fence().Matches(Text))
        {
            if (fence.Groups["kind"].Value is "sh")
                blocks.Add(new(fence.Groups["body"].Value, null));
            else if (fence.Groups["kind"].Value is "text" && blocks is [.., { Prints: null } last])
                blocks[^1] = last with { Prints = fence.Groups["body"].Value };
        }
        return blocks;
    }

    // A comment in a shell block looks like a heading.
    private static IEnumerable<Match> Headings(string text)
    {
        var fences = Fence().Matches(text);
        return Heading().Matches(text).Where(heading => !fences.Any(fence => heading.Index > fence.Index && heading.Index < fence.Index + fence.Length));
    }

    [GeneratedRegex("^(?<level>#+) (?<title>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("^```(?<kind>[a-z]*)\n(?<body>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}

/// <summary>Lines of shell that a page tells its reader to run.</summary>
/// <param name="Code">As they stand there.</param>
/// <param name="Prints">What the page says that they print, <c>…</c> standing for whatever comes; null: it says nothing.</param>
public sealed partial record ShellBlock(string Code, string? Prints)
{
    /// <summary>Whether an output is what the page says.</summary>
    public bool Agrees(string output) =>
        Prints is null || Regex.IsMatch(output.Trim(), "^" + Regex.Escape(Prints.Trim()).Replace("…", ".*", StringComparison.Ordinal) + "$", RegexOptions.Singleline);
}
