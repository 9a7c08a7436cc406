using QualityIngest.GraphQL.Verdicts;

// The other half of the tests in tests/contract that compare this room with the reference implementation. One request a line
// comes in, {"document": …}, the document as base64 of its UTF-16 units, since JSON cannot carry every text; one answer a
// line goes out, in the same order.
var verdict = args switch
{
    ["syntax"] => (Func<string, string>)Syntax.Verdict,
    _ => throw new ArgumentException("What to judge: syntax."),
};

using var output = new StreamWriter(Console.OpenStandardOutput());
while (Console.In.ReadLine() is { } line)
    output.WriteLine(verdict(Request.Document(line)));
