namespace QualityIngest.GraphQL.Tests.Library;

/// <summary>Rows that belong to rows.</summary>
public sealed class RelationTests(LibraryDatabase library) : IClassFixture<LibraryDatabase>
{
    [SkippableFact]
    public async Task Lists_lie_within_lists()
    {
        Assert.Equal(
            """{"authors":{"nodes":[{"name":"Ada Ärlig","latest":[{"title":"Alpha"}],"books":{"totalCount":2,"edges":[{"node":{"title":"Alpha","sequel":{"title":"Alpha II","author":{"name":"Ada Ärlig"}}}}],"pageInfo":{"hasNextPage":true}}},{"name":"Bo \"B\" O'Brien \\ \t","latest":[{"title":"O'Hara \"x\" \\ 😀"},{"title":"Alp"}],"books":{"totalCount":2,"edges":[{"node":{"title":"Alp","sequel":null}}],"pageInfo":{"hasNextPage":true}}}]}}""",
            (await library.Data("""
                { authors(first: 2) { nodes { name
                    latest { title }
                    books(first: 1, orderBy: TITLE_ASC) { totalCount edges { node { title sequel { title author { name } } } } pageInfo { hasNextPage } } } } }
                """)));
    }

    [SkippableFact]
    public async Task Nested_pages_go_on_from_their_own_cursors()
    {
        var first = System.Text.Json.JsonDocument.Parse(await library.Data(
            """{ authors(first: 1) { nodes { books(last: 1) { nodes { title } pageInfo { startCursor hasPreviousPage } } } } }"""));
        var page = first.RootElement.GetProperty("authors").GetProperty("nodes")[0].GetProperty("books");
        Assert.Equal("""[{"title":"Alpha"}]""", page.GetProperty("nodes").GetRawText());
        Assert.True(page.GetProperty("pageInfo").GetProperty("hasPreviousPage").GetBoolean());

        Assert.Equal(
            """{"authors":{"nodes":[{"books":{"nodes":[{"title":"Alpha II"}],"pageInfo":{"hasPreviousPage":false,"hasNextPage":true}}}]}}""",
            await library.Data(
                "query ($c: String!) { authors(first: 1) { nodes { books(last: 1, before: $c) { nodes { title } pageInfo { hasPreviousPage hasNextPage } } } } }",
                new { c = page.GetProperty("pageInfo").GetProperty("startCursor").GetString() }));
    }

    [SkippableFact]
    public async Task Lines_of_JSON_are_rows_in_their_order()
    {
        Assert.Equal(
            """{"book":{"lines":{"totalCount":3,"nodes":[{"number":1,"part":"TITLE","text":"Alpha"},{"number":2,"part":"BODY","text":"It RAINS."}],"pageInfo":{"hasNextPage":true}},"body":{"nodes":[{"number":2},{"number":3}]},"rain":{"edges":[{"node":{"text":"It RAINS."}}]},"end":{"nodes":[{"number":3}]}}}""",
            await library.Data("""
                { book(id: "b0000000-0000-0000-0000-000000000001") {
                    lines(first: 2) { totalCount nodes { number part text } pageInfo { hasNextPage } }
                    body: lines(part: BODY) { nodes { number } }
                    rain: lines(part: BODY, contains: "rains") { edges { node { text } } }
                    end: lines(last: 1) { nodes { number } } } }
                """));
    }

    [SkippableFact]
    public async Task Lines_go_on_after_a_cursor()
    {
        var first = System.Text.Json.JsonDocument.Parse(await library.Data(
            """{ book(id: "b0000000-0000-0000-0000-000000000001") { lines(first: 1, part: BODY) { pageInfo { endCursor } } } }"""));
        var cursor = first.RootElement.GetProperty("book").GetProperty("lines").GetProperty("pageInfo").GetProperty("endCursor").GetString();

        Assert.Equal(
            """{"book":{"lines":{"nodes":[{"text":"It stops. \"So\" 😀"}]}}}""",
            (await library.Data(
                "query ($c: String) { book(id: \"b0000000-0000-0000-0000-000000000001\") { lines(after: $c, part: BODY) { nodes { text } } } }",
                new { c = cursor })));
    }

    [SkippableFact]
    public async Task What_has_no_lines_has_an_empty_page()
    {
        Assert.Equal(
            """{"none":{"lines":{"totalCount":0,"nodes":[]}},"empty":{"lines":{"totalCount":0,"nodes":[],"pageInfo":{"endCursor":null}}}}""",
            await library.Data("""
                { none: book(id: "b0000000-0000-0000-0000-000000000003") { lines { totalCount nodes { text } } }
                  empty: book(id: "b0000000-0000-0000-0000-000000000004") { lines(contains: "") { totalCount nodes { text } pageInfo { endCursor } } } }
                """));
    }

    [SkippableFact]
    public async Task Tenants_see_their_own_rows()
    {
        const string query = """{ books { totalCount nodes { author { name books { totalCount } } } } bookStats { count } node(id: "Book:b0000000-0000-0000-0000-000000000014") { id } }""";

        Assert.Equal(
            """{"books":{"totalCount":1,"nodes":[{"author":{"name":"Ada Ärlig","books":{"totalCount":1}}}]},"bookStats":[{"count":1}],"node":{"id":"Book:b0000000-0000-0000-0000-000000000014"}}""",
            await library.Data(query, tenant: "other"));
        Assert.Equal("""{"books":{"totalCount":0,"nodes":[]},"bookStats":[{"count":0}],"node":null}""", await library.Data(query, tenant: "nobody"));
    }
}
