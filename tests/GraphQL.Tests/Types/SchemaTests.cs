using System.Text;
using System.Text.Json;
using QualityIngest.GraphQL.Language;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Tests.Types;

/// <summary>What a schema holds, prints and tells of itself; the comparison with the reference implementation is in tests/contract.</summary>
public sealed class SchemaTests
{
    [Fact]
    public void A_schema_holds_what_its_query_type_leads_to_and_the_types_of_introspection()
    {
        var names = Zoo.Schema.Types.Keys.ToList();

        Assert.Equal(["Query", "Animal"], names.Take(2));
        Assert.Superset(new HashSet<string> { "Lion", "Owl", "Filter", "Size", "UUID", "__Schema", "__TypeKind", "String" }, names.ToHashSet());
        Assert.Equal(["include", "skip", "deprecated", "specifiedBy", "oneOf"], Zoo.Schema.Directives.Select(d => d.Name));
    }

    [Fact]
    public void A_schema_is_printed_without_what_the_language_itself_has()
    {
        var printed = SchemaPrinter.Print(Zoo.Schema);

        Assert.StartsWith("\"\"\"A zoo.\"\"\"\nschema {\n  query: Query\n}\n\n\"\"\"Where visitors start.\"\"\"\ntype Query {\n  animals(\n    \"\"\"Which.\"\"\"\n    filter: Filter\n    first: Int = 50\n  ): [Animal!]!", printed, StringComparison.Ordinal);
        Assert.Contains("\n  LARGE @deprecated(reason: \"Too vague.\")\n", printed, StringComparison.Ordinal);
        Assert.Contains("\nscalar UUID @specifiedBy(url: \"https://www.rfc-editor.org/rfc/rfc9562\")", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("__", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("scalar Int", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("directive", printed, StringComparison.Ordinal);
    }

    [Fact]
    public void Introspection_answers_in_the_order_of_the_selection()
    {
        var (json, errors) = Answer("{ __type(name: \"Owl\") { ...F kind n: name fields { name } } } fragment F on __Type { a: __typename interfaces { name } }", 1000);

        Assert.Empty(errors);
        Assert.Equal("""{"a":"__Type","interfaces":[{"name":"Animal"}],"kind":"OBJECT","n":"Owl","fields":[{"name":"id"},{"name":"friends"}]}""", json);
    }

    [Fact]
    public void Introspection_larger_than_allowed_is_refused_by_name()
    {
        var (json, errors) = Answer("{ __schema { types { name description } } }", 2000);

        Assert.Equal("", json);
        var error = Assert.Single(errors);
        Assert.Equal((ErrorCodes.LimitExceeded, "responseBytes", 2000), (error.Code, error.Limit!.Name, error.Limit.Bound));
    }

    [Fact]
    public void A_condition_that_is_null_is_an_error()
    {
        var (_, errors) = Answer("query ($x: Boolean = true) { __schema { queryType @skip(if: $x) { name } types { name } } }", 10_000, new() { ["x"] = null });

        Assert.Equal(ErrorCodes.BadUserInput, Assert.Single(errors).Code);
    }

    private static (string Json, List<GraphQLError> Errors) Answer(string text, long maxBytes, Dictionary<string, object?>? variables = null)
    {
        var document = Zoo.Parse(text);
        var errors = new List<GraphQLError>();
        var fields = document.Operations.Single().Selections.Selections.Cast<FieldNode>().ToList();
        var json = Introspection.Answer(Zoo.Schema, document, fields, variables ?? [], maxBytes, errors);
        if (!json.IsEmpty)
            using (JsonDocument.Parse(json)) { }
        return (Encoding.UTF8.GetString(json.Span), errors);
    }
}
