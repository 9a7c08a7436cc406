using FsCheck;
using FsCheck.Fluent;
using QualityIngest.GraphQL.Language;

namespace QualityIngest.GraphQL.Tests.Language;

/// <summary>What holds for every text.</summary>
public sealed class ParserProperties
{
    private static readonly Config Quick = Config.QuickThrowOnFailure.WithMaxTest(2_000);

    private static readonly string[] Pieces =
    [
        "{", "}", "(", ")", "[", "]", ":", "=", "!", "$", "@", "...", "&", "|", "\"", "\"\"\"", "\\", "\\u", "\\u{", "#", ",", "\n", "\r", " ", ".", "-", "0", "7", "e", "a", "on",
        "true", "null", "query", "fragment", "mutation", "extend", "type", "\uFEFF", "\uD83D", "\uDE00", "\0", "é", "'",
    ];

    [Fact]
    public void Any_text_of_the_language_s_pieces_is_answered() =>
        Check(Gen.ListOf(Gen.Elements(Pieces)), pieces => IsSound(string.Concat(pieces)));

    [Fact]
    public void Any_units_are_answered() =>
        Check(Gen.ListOf(Gen.Choose(0, 0xFFFF)), units => IsSound(string.Concat(units.Select(unit => (char)unit))));

    [Fact]
    public void Any_part_of_a_document_is_answered() =>
        Check(Gen.Choose(0, int.MaxValue), seed =>
        {
            var text = DocumentPrinter.Print(RandomDocument.Of(seed));
            var (from, to) = (new Random(seed).Next(text.Length), new Random(seed + 1).Next(text.Length));
            return IsSound(text[Math.Min(from, to)..Math.Max(from, to)]);
        });

    [Fact]
    public void What_is_printed_reads_as_it_was() =>
        Check(Gen.Choose(0, int.MaxValue), seed =>
        {
            var text = DocumentPrinter.Print(RandomDocument.Of(seed));
            return Parser.Parse(text, new() { MaxTokens = 100_000 }) is { Document: { } read } && DocumentPrinter.Print(read) == text;
        });

    [Fact]
    public void Commas_comments_and_line_ends_change_nothing() =>
        Check(Gen.Choose(0, int.MaxValue), seed =>
        {
            var text = DocumentPrinter.Print(RandomDocument.Of(seed)).Replace("\"\"\"", "\"", StringComparison.Ordinal);
            var spread = text.Replace(" { ", "\r\n,{ # a \"comment\" }\r,,\uFEFF\t", StringComparison.Ordinal);
            var (plain, loose) = (Parser.Parse(text), Parser.Parse(spread));
            return plain.Document is null || loose.Document is null || DocumentPrinter.Print(plain.Document) == DocumentPrinter.Print(loose.Document);
        });

    private static bool IsSound(string text)
    {
        var result = Parser.Parse(text);
        if (result.Succeeded)
            return result.Error is null && result.Document.Definitions.Count > 0;
        var at = Assert.Single(result.Error.Locations);
        return result.Error.Message.Length > 0 && at.Line >= 1 && at.Column >= 1 && at.Line <= text.Length + 1 && at.Column <= text.Length + 1;
    }

    private static void Check<T>(Gen<T> values, Func<T, bool> holds) => Prop.ForAll(values.ToArbitrary(), holds).Check(Quick);
}
