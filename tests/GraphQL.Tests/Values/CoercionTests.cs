using System.Text.Json;
using QualityIngest.GraphQL.Language;
using QualityIngest.GraphQL.Limits;
using QualityIngest.GraphQL.Tests.Types;
using QualityIngest.GraphQL.Types;
using QualityIngest.GraphQL.Values;

namespace QualityIngest.GraphQL.Tests.Values;

/// <summary>What becomes of values; which ones are taken is compared with the reference implementation in tests/contract.</summary>
public sealed class CoercionTests
{
    [Theory]
    [InlineData("Int", "-5", -5)]
    [InlineData("Int", "5.0", 5)]
    [InlineData("Int", "5e2", 500)]
    [InlineData("Long", "9223372036854775807", 9223372036854775807)]
    [InlineData("Long", "\"-9223372036854775808\"", -9223372036854775808)]
    [InlineData("Float", "1", 1.0)]
    [InlineData("String", "\"\\ud83d\\ude00\"", "😀")]
    [InlineData("Boolean", "true", true)]
    [InlineData("ID", "12", "12")]
    [InlineData("ID", "12.0", "12")]
    public void Values_of_variables_are_plain(string type, string json, object expected) => Assert.Equal(expected, Single(type, json));

    [Fact]
    public void Values_without_a_literal_in_attributes_are_plain_too()
    {
        Assert.Equal(1234567890123456789.123456789m, Single("Decimal", "1234567890123456789.123456789"));
        Assert.Equal(0.10m, Single("Decimal", "\"0.10\""));
        Assert.Equal(Guid.Parse("123e4567-e89b-12d3-a456-426614174000"), Single("UUID", "\"123E4567-E89B-12D3-A456-426614174000\""));
        Assert.Equal(new DateOnly(2026, 3, 29), Single("Date", "\"2026-03-29\""));
        var time = Assert.IsType<DateTime>(Single("DateTime", "\"2026-03-29T02:30:00.1234569+01:00\""));
        Assert.Equal((new DateTime(2026, 3, 29, 1, 30, 0, DateTimeKind.Utc).AddTicks(1234560), DateTimeKind.Utc), (time, time.Kind));
    }

    [Theory]
    [InlineData("String", "\"a\\u0000b\"")]
    [InlineData("ID", "\"\\u0000\"")]
    [InlineData("String", "\"\\ud800\"")]
    [InlineData("Float", "1e999")]
    [InlineData("Int", "5.5")]
    [InlineData("Long", "9223372036854775808")]
    [InlineData("ID", "1e40")]
    [InlineData("Decimal", "12345678901234567890123456789")]
    [InlineData("Decimal", "1e-29")]
    public void What_the_database_cannot_hold_is_refused(string type, string json)
    {
        var coerced = Variables($"query Q($a: {type}) {{ take({type}: $a) }}", $"{{\"a\": {json}}}");

        var error = Assert.Single(coerced.Errors);
        Assert.Equal(ErrorCodes.BadUserInput, error.Code);
        Assert.StartsWith($"Variable \"$a\" is no {type}: ", error.Message, StringComparison.Ordinal);
        Assert.Equal([new Location(1, 9)], error.Locations);
    }

    [Theory]
    [InlineData("String: \"a\\u0000\"", "String")]
    [InlineData("ID: \"\\u0000\"", "ID")]
    [InlineData("Float: 1e999", "Float")]
    public void Literals_that_are_valid_but_cannot_be_held_are_refused(string argument, string name)
    {
        var field = (FieldNode)Zoo.Parse($"{{ take({argument}) }}").Operations.Single().Selections.Selections[0];
        var definition = Zoo.Schema.Query.Fields.Single(f => f.Name == "take");
        var errors = new List<GraphQLError>();

        var values = Coercion.Arguments(definition.Arguments, field.Arguments, new Dictionary<string, object?>(), errors);

        Assert.Empty(values);
        Assert.StartsWith($"Argument \"{name}\" is no {name}: ", Assert.Single(errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_says_where_within_the_variable_it_is()
    {
        var coerced = Variables(
            "query Q($f: Filter) { animals(filter: $f) { id } }",
            """{"f": {"and": [{}, {"not": {"nane": "a", "size": "TINY"}}, {"legs": "4"}]}}""");

        Assert.Equal(
            [
                "Variable \"$f\" at \"and[1].not\" has a member \"nane\" that Filter does not know. Did you mean \"name\"?",
                "Variable \"$f\" at \"and[1].not.size\" is no Size: one of SMALL, LARGE is expected.",
                "Variable \"$f\" at \"and[2].legs\" is no Int: a whole number of 32 bits is expected.",
            ],
            coerced.Errors.Select(e => e.Message));
        Assert.Empty(coerced.Values);
    }

    [Fact]
    public void Members_that_are_not_given_are_absent_or_have_their_default()
    {
        var filter = Assert.IsType<Dictionary<string, object?>>(Variables("query Q($f: Filter) { animals(filter: $f) { id } }", """{"f": {"name": null, "ids": []}}""").Values["f"]);

        Assert.Equal(["name", "size", "ids"], filter.Keys);
        Assert.Null(filter["name"]);
        Assert.Equal("s", Assert.IsType<EnumMember>(filter["size"]).Stored);
        Assert.Empty(Assert.IsType<IReadOnlyList<object?>>(filter["ids"], exactMatch: false));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\"a\"")]
    [InlineData("1")]
    public void Variables_that_are_no_object_are_refused(string json) =>
        Assert.Equal(ErrorCodes.BadUserInput, Assert.Single(Variables("query Q($a: Int) { take(Int: $a) }", json).Errors).Code);

    [Fact]
    public void Deep_values_and_many_objects_are_refused_by_name()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"and\": [", 30)) + string.Concat(Enumerable.Repeat("]}", 30));

        AssertExceeded("inputDepth", 32, Variables("query Q($f: Filter) { animals(filter: $f) { id } }", $"{{\"f\": {deep}}}"));
        AssertExceeded("inputObjects", 3, Variables("query Q($f: Filter) { animals(filter: $f) { id } }", """{"f": {"and": [{}, {}, {}]}}""", new() { InputObjects = 3 }));
        AssertExceeded("inputDepth", 5, Variables("query Q($f: Filter) { animals(filter: $f) { id } }", """{"f": {"not": {"not": {"not": {"not": {"not": {"not": {}}}}}}}}""", new() { InputDepth = 5 }));
    }

    [Theory]
    [InlineData("""{"ids": [ITEMS]}""", "\"123e4567-e89b-12d3-a456-426614174000\"")]
    [InlineData("""{"ids": [ITEMS]}""", "[]")]
    [InlineData("""{"and": [ITEMS]}""", "{}")]
    [InlineData("""{"and": [ITEMS]}""", "{\"nothing\": 1}")]
    [InlineData("""{ITEMS}""", "\"m#\": 1")]
    public void Many_values_are_refused_by_name_or_after_some_errors(string value, string item)
    {
        var items = string.Join(",", Enumerable.Range(0, 20_000).Select(i => item.Replace("#", $"{i}", StringComparison.Ordinal)));

        var coerced = Variables("query Q($f: Filter) { animals(filter: $f) { id } }", $"{{\"f\": {value.Replace("ITEMS", items, StringComparison.Ordinal)}}}");

        Assert.InRange(coerced.Errors.Count, 1, 20);
        Assert.True(coerced.Errors.Count == 20 || coerced.Errors[^1].Limit?.Name is "inputValues" or "inputObjects");
    }

    [Fact]
    public void Literals_are_bounded_like_variables()
    {
        var field = (FieldNode)Zoo.Parse($"{{ animals(filter: {string.Concat(Enumerable.Repeat("{not: ", 40))}{{}}{new string('}', 40)}) {{ id }} }}").Operations.Single().Selections.Selections[0];
        var definition = Zoo.Schema.Query.Fields.Single(f => f.Name == "animals");
        var errors = new List<GraphQLError>();

        Coercion.Argument(definition.Arguments[0], field.Arguments, new Dictionary<string, object?>(), errors, out _);

        Assert.Equal("inputDepth", Assert.Single(errors).Limit?.Name);
    }

    private static object? Single(string type, string json)
    {
        var coerced = Variables($"query Q($a: {type}) {{ take({type}: $a) }}", $"{{\"a\": {json}}}");
        Assert.Empty(coerced.Errors);
        return coerced.Values["a"];
    }

    private static CoercedVariables Variables(string text, string json, GraphQLLimits? limits = null)
    {
        using var variables = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 1000 });
        return Coercion.Variables(Zoo.Schema, Zoo.Parse(text).Operations.Single(), variables.RootElement, limits);
    }

    private static void AssertExceeded(string name, long bound, CoercedVariables coerced)
    {
        var error = Assert.Single(coerced.Errors);
        Assert.Equal((ErrorCodes.LimitExceeded, name, bound), (error.Code, error.Limit!.Name, error.Limit.Bound));
    }
}
