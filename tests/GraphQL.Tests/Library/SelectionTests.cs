using QualityIngest.GraphQL.Execution;

namespace QualityIngest.GraphQL.Tests.Library;

/// <summary>What is selected and in which order: merging, fragments, conditions, aliases, introspection beside data.</summary>
public sealed class SelectionTests(LibraryDatabase library) : IClassFixture<LibraryDatabase>
{
    private const string Alpha = "b0000000-0000-0000-0000-000000000001";

    [SkippableFact]
    public async Task Keys_stand_in_the_order_of_their_first_mention()
    {
        Assert.Equal(
            """{"book":{"state":"ON_SHELF","author":{"name":"Ada Ärlig","country":"SE","__typename":"Author"},"title":"Alpha"}}""",
            await library.Data($$"""
                { book(id: "{{Alpha}}") { ...one title author { country __typename } } book(id: "{{Alpha}}") { author { name } } }
                fragment one on Book { state author { ...two } }
                fragment two on Author { name }
                """));
    }

    [SkippableTheory]
    [InlineData(false, false, """{"book":{"state":"ON_SHELF"}}""")]
    [InlineData(false, true, """{"book":{"title":"Alpha","state":"ON_SHELF","author":{"name":"Ada Ärlig"}}}""")]
    [InlineData(true, false, """{"book":{}}""")]
    [InlineData(true, true, """{"book":{"title":"Alpha","author":{}}}""")]
    public async Task What_is_skipped_or_not_included_is_gone(bool skip, bool include, string expected)
    {
        const string query = """
            query ($id: ID!, $skip: Boolean!, $include: Boolean!) {
              book(id: $id) {
                ... on Book @include(if: $include) { title }
                state @skip(if: $skip)
                ...who @include(if: $include) @skip(if: false)
              }
            }
            fragment who on Book { author { name @skip(if: $skip) @include(if: $include) } }
            """;

        Assert.Equal(expected, await library.Data(query, new { id = Alpha, skip, include }));
    }

    [SkippableFact]
    public async Task Aliases_may_be_longer_than_names_in_the_database()
    {
        var alias = new string('a', 100);

        Assert.Equal(
            $$"""{"{{alias}}x":{"{{alias}}1":"Alpha","{{alias}}2":"ON_SHELF","{{alias}}3":{"{{alias}}":"Ada Ärlig"} } }""".Replace(" }", "}", StringComparison.Ordinal),
            await library.Data($$"""{ {{alias}}x: book(id: "{{Alpha}}") { {{alias}}1: title {{alias}}2: state {{alias}}3: author { {{alias}}: name } } }"""));
    }

    [SkippableFact]
    public async Task An_object_may_have_fifty_keys()
    {
        var fields = string.Join(" ", new[] { "title", "state", "copies", "addedAt" }.SelectMany(f => Enumerable.Range(0, 13).Select(i => $"{f}{i}: {f}")).Take(50));

        var engine = new GraphQLEngine(LibraryCatalogue.Declare(), new() { Limits = new() { Aliases = 50 } });
        Assert.Equal(50, System.Text.Json.JsonDocument.Parse(await library.Ask($$"""{ book(id: "{{Alpha}}") { {{fields}} } }""", engine: engine))
            .RootElement.GetProperty("data").GetProperty("book").EnumerateObject().Count());
    }

    [SkippableFact]
    public async Task A_node_is_found_whatever_its_type()
    {
        const string query = """
            query ($id: ID!) { node(id: $id) { __typename id ... on Book { title } ...who ... on Node { same: id } } }
            fragment who on Author { name books(first: 1) { totalCount } }
            """;

        Assert.Equal(
            """{"node":{"__typename":"Author","id":"Author:a0000000-0000-0000-0000-000000000004","name":"Dora","books":{"totalCount":3},"same":"Author:a0000000-0000-0000-0000-000000000004"}}""",
            await library.Data(query, new { id = "Author:a0000000-0000-0000-0000-000000000004" }));
        Assert.Equal(
            """{"node":{"__typename":"Book","id":"Book:b0000000-0000-0000-0000-000000000001","title":"Alpha","same":"Book:b0000000-0000-0000-0000-000000000001"}}""",
            await library.Data(query, new { id = "Book:" + Alpha }));
        Assert.Equal("""{"node":null}""", await library.Data(query, new { id = "Book:b0000000-0000-0000-0000-000000000013" }));
        Assert.Equal("""{"node":null}""", await library.Data(query, new { id = "Book:b0000000-0000-0000-0000-000000000014" }));
    }

    [SkippableTheory]
    [InlineData("b0000000-0000-0000-0000-000000000001")]
    [InlineData("Line:1")]
    [InlineData("Nothing:b0000000-0000-0000-0000-000000000001")]
    [InlineData("Book:")]
    [InlineData("Book:b0000000-0000-0000-0000-00000000000g")]
    [InlineData(":")]
    [InlineData("")]
    public async Task An_id_that_names_no_type_is_refused(string id)
    {
        Assert.StartsWith("BAD_USER_INPUT", await library.Ask("query ($id: ID!) { node(id: $id) { id } }", new { id }), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task The_schema_is_told_beside_data_and_alone()
    {
        const string told = """
            __typename t: __type(name: "Line") { name fields { name } } s: __schema { queryType { name } }
            """;
        const string answer = """
            "__typename":"Query","t":{"name":"Line","fields":[{"name":"number"},{"name":"part"},{"name":"text"}]},"s":{"queryType":{"name":"Query"}}
            """;

        Assert.False(library.Engine.Prepare(new($"{{ {told} }}")).Query!.NeedsDatabase);
        Assert.Equal($"{{{answer.Trim()}}}", await library.Data($"{{ {told} }}"));
        Assert.Equal($$"""{"books":{"totalCount":12},{{answer.Trim()}}}""", await library.Data($"{{ books {{ totalCount }} {told} }}"));
    }

    [Fact]
    public void All_that_the_schema_tells_in_one_response_is_bounded_together()
    {
        const string book = "__type(name: \"Book\") { fields { name description } }";
        var bytes = library.Engine.Prepare(new($"{{ {book} }}")).Query!.Answer!.Length;
        var engine = new GraphQLEngine(LibraryCatalogue.Declare(), new() { Limits = new() { ResponseBytes = bytes + 20 } });

        Assert.True(engine.Prepare(new($"{{ {book} }}")).Succeeded);
        foreach (var beside in new[] { "", "books { totalCount }" })
        {
            var error = Assert.Single(engine.Prepare(new($"{{ {beside} {book} b: {book} c: {book} }}")).Errors);
            Assert.Equal(("responseBytes", bytes + 20), (error.Limit!.Name, error.Limit.Bound));
        }
    }

    [Fact]
    public void A_condition_that_is_null_is_refused_where_it_stands()
    {
        const string query = "query ($x: Boolean = true) { books { totalCount @include(if: $x) nodes { title @skip(if: $x) } pageInfo { hasNextPage } } }";

        var errors = library.Engine.Prepare(new(query, null, LibraryDatabase.Variables("""{"x":null}"""))).Errors;

        Assert.Equal(2, errors.Count);
        Assert.All(errors, e => Assert.Equal(ErrorCodes.BadUserInput, e.Code));
    }

    [SkippableFact]
    public async Task An_operation_is_chosen_by_its_name()
    {
        const string document = "query A { books { totalCount } } query B { authors { totalCount } }";

        Assert.Equal("""{"data":{"authors":{"totalCount":4}}}""", await library.Ask(document, operation: "B"));
        Assert.StartsWith("OPERATION_UNKNOWN", await library.Ask(document), StringComparison.Ordinal);
        Assert.StartsWith("OPERATION_UNKNOWN", await library.Ask(document, operation: "C"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_query_requires_is_told_before_it_runs()
    {
        Assert.Empty(Requires("{ books { nodes { title } } }"));
        Assert.Equal(["lines"], Requires("{ books { nodes { lines { nodes { text } } } } }"));
        Assert.Equal(["lines"], Requires("{ books(filter: {not: {search: \"x\"}}) { totalCount } }"));
        Assert.Equal(["numbers"], Requires("{ books(filter: {isbn: {isNull: true}}) { totalCount } }"));
        Assert.Equal(["lines", "numbers"], Requires("{ books(filter: {search: \"x\"}) { nodes { isbn } } }"));
        Assert.Empty(Requires("{ books { nodes { isbn @skip(if: true) title } } }"));
    }

    private IEnumerable<string> Requires(string query) => library.Engine.Prepare(new(query)).Query!.Requires.Order();
}
