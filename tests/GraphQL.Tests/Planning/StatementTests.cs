using System.Text;
using QualityIngest.GraphQL.Execution;
using QualityIngest.GraphQL.Tests.Library;
using QualityIngest.TestKit;

namespace QualityIngest.GraphQL.Tests.Planning;

/// <summary>
/// The statements of some queries, letter by letter. After a change that is meant, WRITE_STATEMENTS=1 writes the file anew; what
/// changed is then to be read.
/// </summary>
public sealed class StatementTests
{
    private static readonly (string Name, string Query)[] s_queries =
    [
        ("one row by its id", """{ book(id: "Book:b0000000-0000-0000-0000-000000000001") { id title author { name } } }"""),
        ("a page without anything but its nodes", "{ books(first: 20) { nodes { title } } }"),
        ("a page with cursors", "{ books(first: 20, orderBy: TITLE_ASC) { edges { cursor node { title } } pageInfo { hasNextPage endCursor } } }"),
        ("the next page", "query ($c: String!) { books(first: 20, after: $c) { nodes { title } pageInfo { hasNextPage hasPreviousPage } } }"),
        ("a page from the end, where the order may be null", "query ($c: String!) { books(last: 20, before: $c, orderBy: RATING_DESC) { nodes { title rating } pageInfo { hasPreviousPage } } }"),
        ("only counted", "{ books(filter: {state: {eq: LENT}}) { totalCount } }"),
        ("every operator", """
            { books(filter: {title: {ne: "a", in: ["b"], notIn: ["c"], prefix: "d"}, copies: {lt: 1, lte: 2, gt: 3, gte: 4}, rating: {ne: null, gt: 1.5},
                published: {isNull: true}, id: {in: ["b0000000-0000-0000-0000-000000000001"]}, author: {name: {eq: "e"}}, search: "f"}) { totalCount } }
            """),
        ("every operator negated", """
            { books(filter: {not: {title: {ne: "a", in: ["b"], notIn: ["c"], prefix: "d"}, copies: {lt: 1}, rating: {ne: null, gt: 1.5},
                author: {name: {eq: "e"}}, search: "f", or: [{signed: {eq: true}}, {and: []}]}}) { totalCount } }
            """),
        ("lists within lists", "{ authors(first: 5) { nodes { name latest { title } books(first: 2) { nodes { title lines(first: 3, contains: \"x\") { nodes { part text } } } } } } }"),
        ("any node", "query ($id: ID!) { node(id: $id) { id ... on Book { title } } }"),
        ("statistics", "{ bookStats(groupBy: [AUTHOR, STATE, HOUR, WEEK], timeZone: \"Europe/Berlin\", orderBy: COUNT_DESC) { key { author { name } state hour week } count rating { avg p90 } copies { sum p50 } } }"),
        ("all values and objects", "{ books { nodes { state addedAt published signed price rating copies notes tags history size { pages thickness } sequel { title } } } __typename }"),
    ];

    [Fact]
    public void Statements_are_as_they_were_read_last()
    {
        var actual = All();
        var file = Path.Combine(Checkout.Root, "tests", "GraphQL.Tests", "Planning", "Statements.txt");
        if (Environment.GetEnvironmentVariable("WRITE_STATEMENTS") == "1")
            File.WriteAllText(file, actual);

        Assert.Equal(File.ReadAllText(file), actual);
    }

    [Fact]
    public void The_same_query_always_makes_the_same_statement()
    {
        Assert.Equal(All(), All());
    }

    private static string All()
    {
        var engine = new GraphQLEngine(LibraryCatalogue.Declare(), new GraphQLOptions());
        var text = new StringBuilder();
        foreach (var (name, query) in s_queries)
        {
            var prepared = engine.Prepare(new(query, null, LibraryDatabase.Variables(query switch
            {
                _ when query.Contains("RATING_DESC", StringComparison.Ordinal) =>
                    new { c = Cursor("[\"BookOrder.RATING_DESC\",4.5,\"2024-01-01T10:00:00.000000Z\",\"b0000000-0000-0000-0000-000000000001\"]") },
                _ when query.Contains("$c", StringComparison.Ordinal) =>
                    new { c = Cursor("[\"BookOrder.ADDED_AT_DESC\",\"2024-01-01T10:00:00.000000Z\",\"b0000000-0000-0000-0000-000000000001\"]") },
                _ => new { id = "Book:b0000000-0000-0000-0000-000000000001" },
            })));
            Assert.True(prepared.Succeeded, $"{name}: {string.Join("; ", prepared.Errors.Select(e => e.Message))}");
            text.Append("-- ").Append(name).Append("\n-- ").Append(query.Trim().ReplaceLineEndings("\n-- ")).Append('\n').Append(prepared.Query.Sql).Append('\n');
            foreach (var (value, i) in prepared.Query.Values.Select((v, i) => (v, i)))
                text.Append($"-- ${i + 1} {value.Type}: {Print(value.Value)}\n");
            text.Append('\n');
        }
        return text.ToString();
    }

    private static string Cursor(string json) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    private static string Print(object? value) => value switch
    {
        null => "null",
        Array items => $"[{string.Join(", ", items.Cast<object?>().Select(Print))}]",
        DateTime time => time.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        IFormattable plain => plain.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => $"{value}",
    };
}
