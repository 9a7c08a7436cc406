using System.Text.Json;
using QualityIngest.GraphQL.Execution;
using QualityIngest.GraphQL.Tests.Library;

namespace QualityIngest.GraphQL.Tests.Execution;

/// <summary>What an engine remembers, and that it forgets.</summary>
public sealed class CacheTests
{
    private const string Filtered = "query ($f: BookFilter, $n: Int, $after: String) { books(filter: $f, first: $n, after: $after) { nodes { title } } }";

    [Fact]
    public void Requests_of_one_shape_share_a_plan()
    {
        var engine = Engine(new());
        foreach (var variables in new[]
        {
            """{"f":{"title":{"in":["a"]}},"n":1}""", """{"f":{"title":{"in":["b","c"]}},"n":99}""", """{"f":{"title":{"in":[]}},"n":2,"unknown":1}""",
        })
        {
            Assert.True(engine.Prepare(new(Filtered, null, Json(variables))).Succeeded);
        }
        Assert.Equal((1, 1), (engine.Remembered.Documents, engine.Remembered.Plans));
    }

    [Theory]
    [InlineData("""{"f":{"title":{"in":["a"]}}}""", """{"f":{"title":{"in":["a"]}},"n":1}""")] // absent and given
    [InlineData("""{"f":null}""", """{"f":{}}""")]
    [InlineData("""{"f":{"title":{"eq":"a"}}}""", """{"f":{"title":{"eq":null}}}""")]
    [InlineData("""{"f":{"signed":{"eq":true}}}""", """{"f":{"signed":{"eq":false}}}""")]
    [InlineData("""{"f":{"or":[{},{}]}}""", """{"f":{"or":[{},{},{}]}}""")]
    [InlineData("""{"f":{"and":[{"state":{"eq":"LENT"}}]}}""", """{"f":{"or":[{"state":{"eq":"LENT"}}]}}""")]
    [InlineData("""{"f":{"not":{"not":{}}}}""", """{"f":{"not":{}}}""")]
    [InlineData("""{"f":{"title":{"eq":"a"},"copies":{}}}""", """{"f":{"title":{},"copies":{"eq":1}}}""")]
    public void Requests_of_another_shape_have_a_plan_of_their_own(string one, string other)
    {
        var engine = Engine(new());

        Assert.True(engine.Prepare(new(Filtered, null, Json(one))).Succeeded);
        Assert.True(engine.Prepare(new(Filtered, null, Json(other))).Succeeded);
        Assert.Equal(2, engine.Remembered.Plans);
    }

    [Fact]
    public void Orders_and_dimensions_belong_to_the_shape_and_other_words_do_not()
    {
        var engine = Engine(new());
        foreach (var order in new[] { "TITLE_ASC", "TITLE_DESC" })
        {
            foreach (var state in new[] { "LENT", "LOST" })
            {
                var query = "query ($o: BookOrder, $s: BookState, $d: [BookDimension!]!) { books(orderBy: $o, filter: {state: {eq: $s}}) { totalCount } bookStats(groupBy: $d) { count } }";
                Assert.True(engine.Prepare(new(query, null, Json($$"""{"o":"{{order}}","s":"{{state}}","d":["STATE"]}"""))).Succeeded);
            }
        }
        Assert.Equal(2, engine.Remembered.Plans);
    }

    [Fact]
    public void A_flood_of_documents_pushes_out_what_was_used_longest_ago()
    {
        var engine = Engine(new() { CachedDocuments = 10, CachedPlans = 20 });
        const string kept = "{ books { totalCount } }";
        for (var i = 0; i < 1_000; i++)
        {
            Assert.True(engine.Prepare(new($"{{ a{i}: books {{ totalCount }} }}")).Succeeded);
            Assert.True(engine.Prepare(new(kept)).Succeeded);
        }
        Assert.Equal((10, 20), (engine.Remembered.Documents, engine.Remembered.Plans));
    }

    [Fact]
    public void Large_plans_are_bounded_by_their_bytes()
    {
        var engine = Engine(new() { CachedPlanBytes = 65_536, CachedDocumentBytes = 65_536 });
        for (var i = 0; i < 100; i++)
            Assert.True(engine.Prepare(new($"{{ {string.Join(" ", Enumerable.Range(0, 14).Select(n => $"a{i}x{n}: books {{ nodes {{ title state }} }}"))} }}")).Succeeded);

        Assert.InRange(engine.Remembered.PlanBytes, 1, 65_536);
        Assert.InRange(engine.Remembered.Documents, 1, 40);
    }

    [Fact]
    public void A_plan_weighs_as_much_as_the_document_that_it_keeps()
    {
        var engine = Engine(new() { CachedPlanBytes = 1_000_000 });
        Assert.True(engine.Prepare(new($"{{ books(filter: {{title: {{eq: \"{new string('x', 100_000)}\"}}}}) {{ totalCount }} }}")).Succeeded);
        Assert.Equal(0, engine.Remembered.Plans);
    }

    [Fact]
    public void Documents_that_are_refused_are_not_remembered()
    {
        var engine = Engine(new());
        Assert.False(engine.Prepare(new("{ nothing }")).Succeeded);
        Assert.False(engine.Prepare(new("{")).Succeeded);
        Assert.False(engine.Prepare(new("{ books(first: 1, last: 1) { totalCount } }")).Succeeded);
        Assert.Equal((1, 0), (engine.Remembered.Documents, engine.Remembered.Plans));
    }

    [Fact]
    public async Task Many_threads_prepare_alike()
    {
        var engine = Engine(new() { CachedDocuments = 3, CachedPlans = 3 });
        var queries = Enumerable.Range(0, 8).Select(i => $"query ($t: String) {{ a{i}: books(filter: {{title: {{eq: $t}}}}) {{ nodes {{ title }} }} }}").ToArray();
        var expected = queries.Select(q => engine.Prepare(new(q, null, Json("""{"t":"x"}"""))).Query!.Sql).ToArray();

        await Parallel.ForAsync(0, 2_000, (i, _) =>
        {
            var query = engine.Prepare(new(queries[i % 8], null, Json($$"""{"t":"{{i}}"}"""))).Query!;
            Assert.Equal(expected[i % 8], query.Sql);
            Assert.Equal($"{i}", query.Values[0].Value);
            return ValueTask.CompletedTask;
        });
        Assert.Equal((3, 3), (engine.Remembered.Documents, engine.Remembered.Plans));
    }

    private static GraphQLEngine Engine(GraphQLOptions options) => new(LibraryCatalogue.Declare(), options);

    private static JsonElement Json(string variables) => LibraryDatabase.Variables(variables);
}
