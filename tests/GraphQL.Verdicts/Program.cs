using QualityIngest.GraphQL.Types;
using QualityIngest.GraphQL.Verdicts;

// The other half of the tests in tests/contract that compare this room with the reference implementation. One request a line
// comes in, {"document": …, "variables": …}, the document as base64 of its UTF-16 units, since JSON cannot carry every text;
// one answer a line goes out, in the same order. All but the syntax are judged in a schema, which is read from the file of
// its introspection.
if (args is ["print", var printed])
{
    Console.Out.Write(SchemaPrinter.Print(SchemaReader.Read(printed)));
    return;
}

var verdict = args switch
{
    ["syntax"] => (Func<Request, string>)(request => Syntax.Verdict(request.Document)),
    ["validate", var schema] => new Judge(SchemaReader.Read(schema)).Validity,
    ["variables", var schema] => new Judge(SchemaReader.Read(schema)).Values,
    ["introspect", var schema] => new Judge(SchemaReader.Read(schema)).Introspection,
    _ => throw new ArgumentException("What to judge: syntax, or validate, variables, introspect or print and the file of a schema."),
};

using var output = new StreamWriter(Console.OpenStandardOutput());
while (Console.In.ReadLine() is { } line)
    output.WriteLine(verdict(Request.Read(line)));
