using QualityIngest.GraphQL.Language;

namespace QualityIngest.GraphQL.Verdicts;

/// <summary>Whether a text is a document: its nodes with their places, or the error with its own.</summary>
internal static class Syntax
{
    // The reference implementation has no bounds by default.
    private static readonly ParserOptions Wide = new() { MaxTokens = 5_000, MaxNesting = 200 };

    public static string Verdict(string text)
    {
        var result = Parser.Parse(text, Wide);
        return Answer.Of(writer =>
        {
            if (result.Succeeded)
            {
                writer.WritePropertyName("document");
                NodeWriter.Write(writer, result.Document);
            }
            else
            {
                Answer.Errors(writer, [result.Error]);
            }
        });
    }
}
