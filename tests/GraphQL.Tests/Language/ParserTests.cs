using QualityIngest.GraphQL.Language;

namespace QualityIngest.GraphQL.Tests.Language;

/// <summary>What a document reads as. Every production is compared with the reference implementation in tests/contract.</summary>
public sealed class ParserTests
{
    [Fact]
    public void The_short_form_is_a_query_without_a_name()
    {
        var operation = Assert.IsType<OperationNode>(Assert.Single(Read("{ a }").Definitions));

        Assert.Equal(OperationKind.Query, operation.Kind);
        Assert.Null(operation.Name);
        Assert.Equal("a", Field(operation).ResponseKey);
    }

    [Fact]
    public void An_alias_is_the_key_of_the_response()
    {
        var field = Field("{ short: long(x: 1) @skip(if: $s) { a } }");

        Assert.Equal(("short", "long"), (field.ResponseKey, field.Name.Value));
        Assert.Equal("x", Assert.Single(field.Arguments).Name.Value);
        Assert.Equal("skip", Assert.Single(field.Directives).Name.Value);
        Assert.NotNull(field.Selections);
    }

    [Fact]
    public void Operations_and_fragments_stand_in_their_order()
    {
        var document = Read("query A { a } fragment F on T { b } mutation B { c } subscription { d }");

        Assert.Equal(["A", "B", null], document.Operations.Select(operation => operation.Name?.Value));
        Assert.Equal("T", Assert.Single(document.Fragments).Condition.Name.Value);
    }

    [Fact]
    public void A_variable_has_a_type_a_default_and_directives()
    {
        var variable = Assert.Single(Read("query ($ids: [ID!]! = [\"1\"] @d) { a }").Operations.Single().Variables);

        var list = Assert.IsType<ListTypeNode>(Assert.IsType<NonNullTypeNode>(variable.Type).Inner);
        Assert.IsType<NamedTypeNode>(Assert.IsType<NonNullTypeNode>(list.Item).Inner);
        Assert.IsType<StringValue>(Assert.Single(Assert.IsType<ListValue>(variable.Default).Items));
        Assert.Single(variable.Directives);
    }

    [Theory]
    [InlineData("\"a \\u00e9 \\u{1F600} \\uD83D\\uDE00 \\n\"", "a é 😀 😀 \n")]
    [InlineData("\"\"\"\n    a\n      b \\\"\"\"\n\n    c\n  \"\"\"", "a\n  b \"\"\"\n\nc")]
    [InlineData("\"\"\"  first\r\n    second\"\"\"", "  first\nsecond")]
    [InlineData("\"\"\"\"\"\"", "")]
    public void Texts_are_resolved(string written, string text) =>
        Assert.Equal(text, Assert.IsType<StringValue>(Assert.Single(Field($"{{ a(x: {written}) }}").Arguments).Value).Text);

    [Theory]
    [InlineData("123456789012345678901234567890")]
    [InlineData("-0")]
    public void Whole_numbers_keep_their_digits(string number) =>
        Assert.Equal(number, Assert.IsType<IntValue>(Assert.Single(Field($"{{ a(x: {number}) }}").Arguments).Value).Text);

    [Fact]
    public void Places_count_lines_of_every_end_and_units()
    {
        var fields = Read("{\r\n  a\r  b(x: \"😀\", y: $y)\n\n c }").Operations.Single().Selections.Selections;

        Assert.Equal([new(2, 3), new(3, 3), new(5, 2)], fields.Select(field => field.At));
        Assert.Equal(new Location(3, 14), Assert.IsType<FieldNode>(fields[1]).Arguments[1].At);
    }

    [Theory]
    [InlineData("{ a", "A name is missing before the end of the document.", 1, 4)]
    [InlineData("{ a(x: 01) }", "A number does not begin with a zero and another digit.", 1, 9)]
    [InlineData("{ a(x: 'b') }", "A text stands in double quotes, not in single ones.", 1, 8)]
    [InlineData("query ($a: Int = $b) { a }", "A constant holds no variable, such as $b.", 1, 18)]
    [InlineData("{ a }\ntype T { a: Int }", "A request holds operations and fragments; it does not define the type.", 2, 1)]
    [InlineData("{ a(x: \"b", "The text ends without its quote.", 1, 10)]
    public void An_error_says_what_and_where(string text, string message, int line, int column)
    {
        var error = Parser.Parse(text).Error;

        Assert.NotNull(error);
        Assert.Equal((ErrorCodes.ParseFailed, message), (error.Code, error.Message));
        Assert.Equal(new Location(line, column), Assert.Single(error.Locations));
        Assert.Null(error.Limit);
    }

    private static Document Read(string text)
    {
        var result = Parser.Parse(text);
        Assert.True(result.Succeeded, result.Error?.Message);
        return result.Document;
    }

    private static FieldNode Field(string text) => Field(Read(text).Operations.Single());

    private static FieldNode Field(OperationNode operation) => Assert.IsType<FieldNode>(Assert.Single(operation.Selections.Selections));
}
