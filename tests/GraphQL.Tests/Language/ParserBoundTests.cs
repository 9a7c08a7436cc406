using System.Diagnostics;
using QualityIngest.GraphQL.Language;

namespace QualityIngest.GraphQL.Tests.Language;

/// <summary>What a document may cost before it is refused.</summary>
public sealed class ParserBoundTests
{
    private const int Megabyte = 1_000_000;

    [Fact]
    public void As_many_tokens_as_are_allowed_are_read_and_one_more_is_refused()
    {
        var options = new ParserOptions { MaxTokens = 5 };

        Assert.True(Parser.Parse("{ a, b, # c d e\n c }", options).Succeeded);
        AssertExceeded(Parser.Parse("{ a b\n c d }", options), "tokens", bound: 5, found: 6, new(2, 6));
    }

    [Fact]
    public void As_much_nesting_as_is_allowed_is_read_and_one_more_is_refused()
    {
        var options = new ParserOptions { MaxNesting = 3 };

        Assert.True(Parser.Parse("query ($a: [[Int]]) { a(x: []) { b { c } } }", options).Succeeded);
        AssertExceeded(Parser.Parse("{ a { b { c { d } } } }", options), "nesting", bound: 3, found: 4, new(1, 13));
        AssertExceeded(Parser.Parse("{ a(x: [{b: []}]) }", options), "nesting", bound: 3, found: 4, new(1, 9));
        AssertExceeded(Parser.Parse("query ($a: [[[Int]]]) { a }", options), "nesting", bound: 3, found: 4, new(1, 14));
    }

    [Theory]
    [InlineData("", "{a", "nesting")]
    [InlineData("", "{...", "nesting")]
    [InlineData("query($a:", "[", "nesting")]
    [InlineData("{a(x:", "[", "nesting")]
    [InlineData("{a(x:", "{a:", "nesting")]
    [InlineData("query($a: T = ", "[", "nesting")]
    [InlineData("{", "a ", "tokens")]
    [InlineData("", "{a}", "tokens")]
    [InlineData("{a", "@d", "tokens")]
    [InlineData("{a(x:[", "1 ", "tokens")]
    [InlineData("query(", "$a:Int ", "tokens")]
    public void A_megabyte_of_structure_is_refused_at_its_beginning(string before, string part, string limit) =>
        OnASmallStack(() => Assert.Equal(limit, Parser.Parse(Repeat(before, part, "")).Error?.Limit?.Name));

    [Theory]
    [InlineData("{")]
    [InlineData("[")]
    [InlineData("\"")]
    [InlineData("\\")]
    public void A_megabyte_of_one_character_is_refused(string part) =>
        OnASmallStack(() => Assert.Equal(ErrorCodes.ParseFailed, Parser.Parse(Repeat("", part, "")).Error?.Code));

    [Fact]
    public void The_widest_bounds_that_are_allowed_leave_the_stack_whole() =>
        OnASmallStack(() => Assert.Equal(
            new ExceededLimit("nesting", 200, 201), Parser.Parse(Repeat("", "{a", ""), new() { MaxTokens = 5_000, MaxNesting = 200 }).Error?.Limit));

    [Theory]
    [InlineData("{a(x:\"", "\\u{41}", "\")}")]
    [InlineData("{a(x:\"\"\"", "  a\n", "\"\"\")}")]
    [InlineData("{a(x:\"\"\"", "\\\"\"\"", "\"\"\")}")]
    [InlineData("{a}", "#\n", "")]
    [InlineData("{a}", ",\r\n", "")]
    [InlineData("{a(x:", "9", ")}")]
    [InlineData("{", "a", "}")]
    public void A_megabyte_within_few_tokens_is_read_in_one_pass(string before, string part, string after)
    {
        var text = Repeat(before, part, after);
        var clock = Stopwatch.StartNew();

        Assert.True(Parser.Parse(text).Succeeded);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(2), $"{clock.Elapsed}");
    }

    private static string Repeat(string before, string part, string after) =>
        before + string.Concat(Enumerable.Repeat(part, Megabyte / part.Length)) + after;

    private static void AssertExceeded(ParseResult result, string name, long bound, long found, Location at)
    {
        Assert.NotNull(result.Error);
        Assert.Equal(ErrorCodes.LimitExceeded, result.Error.Code);
        Assert.Equal(new ExceededLimit(name, bound, found), result.Error.Limit);
        Assert.Equal(at, Assert.Single(result.Error.Locations));
    }

    private static void OnASmallStack(Action check)
    {
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(check), maxStackSize: 512 * 1024);
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }
}
