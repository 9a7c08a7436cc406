using QualityIngest.GraphQL.Language;
using QualityIngest.GraphQL.Tests.Types;
using QualityIngest.GraphQL.Validation;

namespace QualityIngest.GraphQL.Tests.Validation;

/// <summary>What is said of documents; that verdicts and places are those of the reference implementation is shown in tests/contract.</summary>
public sealed class ValidatorTests
{
    [Theory]
    [InlineData("{ animls { id } }", "FieldsOnCorrectType", "Query has no field \"animls\". Did you mean \"animals\"?")]
    [InlineData("{ animals { roar } }", "FieldsOnCorrectType", "Animal has no field \"roar\". Lion has it: spread a fragment on that.")]
    [InlineData("{ animals(frist: 1) { id } }", "KnownArgumentNames", "There is no argument \"frist\" of the field \"Query.animals\". Did you mean \"first\"?")]
    [InlineData("{ animals(filter: {size: SMAL}) { id } }", "ValuesOfCorrectType", "Size is expected here: one of SMALL, LARGE. Did you mean \"SMALL\"?")]
    [InlineData("{ animals(filter: {nane: \"a\"}) { id } }", "ValuesOfCorrectType", "Filter has no member \"nane\". Did you mean \"name\"?")]
    [InlineData("{ lion { id } }", "ProvidedRequiredArguments", "The argument \"id\" of the field \"Query.lion\" is required: its type is ID!.")]
    [InlineData("{ take(DateTime: \"2026-01-01T00:00:00\") }", "ValuesOfCorrectType", "DateTime is expected here: a date, a time and a zone, like 2026-03-29T01:30:00Z.")]
    [InlineData("{ a: take a: animals { id } }", "OverlappingFieldsCanBeMerged", "\"a\" stands for two things here: of the types Boolean and [Animal!]!. Give one of them another alias.")]
    [InlineData("query Q($a: Strin) { take(String: $a) }", "KnownTypeNames", "There is no type \"Strin\". Did you mean \"String\"?")]
    public void An_error_says_what_is_wrong_and_what_may_be_meant(string text, string rule, string message)
    {
        var error = Assert.Single(Validate(text));

        Assert.Equal((ErrorCodes.ValidationFailed, rule, message), (error.Code, error.Rule, error.Message));
        Assert.NotEmpty(error.Locations);
    }

    [Fact]
    public void A_document_is_not_looked_at_further_after_100_errors()
    {
        var errors = Validate($"{{ {string.Concat(Enumerable.Range(0, 300).Select(i => $"x{i} "))}}}");

        Assert.Equal(100, errors.Count);
        Assert.True(errors.Count(e => e.Message.Contains("Did you mean", StringComparison.Ordinal)) <= 10);
    }

    [Theory]
    [InlineData("query { take }", null)]
    [InlineData("mutation { take }", "The schema has no mutations: it is for reading.")]
    [InlineData("subscription { take }", "The schema has no subscriptions: queries are answered once.")]
    public void Only_queries_can_be_asked(string text, string? message)
    {
        var document = Zoo.Parse(text);

        Assert.Empty(Validator.Validate(Zoo.Schema, document));
        Assert.Equal(message, Validator.Refusal(document.Operations.Single())?.Message);
    }

    [Fact]
    public void Fields_are_compared_in_all_the_places_that_a_fragment_comes_to()
    {
        var errors = Validate(
            """
            { lion(id: 1) { ...A cub { ...B } } }
            fragment A on Lion { cub { ...C } }
            fragment B on Lion { x: roar }
            fragment C on Lion { x: id }
            """);

        Assert.Contains(errors, e => e.Rule == "OverlappingFieldsCanBeMerged" && e.Locations.SequenceEqual([new Location(3, 22), new Location(4, 22)]));
    }

    private static IReadOnlyList<GraphQLError> Validate(string text) => Validator.Validate(Zoo.Schema, Zoo.Parse(text));
}
