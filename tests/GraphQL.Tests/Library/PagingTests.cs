using System.Text.Json;

namespace QualityIngest.GraphQL.Tests.Library;

/// <summary>Pages in both directions, over ties and nulls.</summary>
public sealed class PagingTests(LibraryDatabase library) : IClassFixture<LibraryDatabase>
{
    /// <summary>Every order of books, and a page size.</summary>
    public static TheoryData<string, int> Orders
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var order in new[] { "TITLE_ASC", "TITLE_DESC", "ADDED_AT_ASC", "ADDED_AT_DESC", "RATING_ASC", "RATING_DESC", "PAGES_ASC", "PAGES_DESC" })
            {
                foreach (var size in new[] { 1, 2, 5 })
                    data.Add(order, size);
            }
            return data;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Orders))]
    public async Task Pages_from_the_start_are_the_whole_list(string order, int size)
    {
        var whole = await Whole(order);
        var seen = new List<string>();
        for (string? after = null; ;)
        {
            var page = await Page($"first: {size}, orderBy: {order}{(after is null ? "" : $", after: \"{after}\"")}");
            seen.AddRange(page.Titles);
            Assert.Equal(after is not null, page.HasPrevious);
            Assert.Equal(seen.Count < whole.Count, page.HasNext);
            if (!page.HasNext)
                break;
            after = page.End;
        }
        Assert.Equal(whole, seen);
    }

    [SkippableTheory]
    [MemberData(nameof(Orders))]
    public async Task Pages_from_the_end_are_the_whole_list(string order, int size)
    {
        var whole = await Whole(order);
        var seen = new List<string>();
        for (string? before = null; ;)
        {
            var page = await Page($"last: {size}, orderBy: {order}{(before is null ? "" : $", before: \"{before}\"")}");
            seen.InsertRange(0, page.Titles);
            Assert.Equal(before is not null, page.HasNext);
            Assert.Equal(seen.Count < whole.Count, page.HasPrevious);
            if (!page.HasPrevious)
                break;
            before = page.Start;
        }
        Assert.Equal(whole, seen);
    }

    [SkippableTheory]
    [MemberData(nameof(Orders))]
    public async Task What_lies_between_two_cursors_is_between_them_from_both_ends(string order, int size)
    {
        var whole = await Whole(order);
        var cursors = await Cursors(order);
        var (from, to) = (cursors[size], cursors[size + 5]);
        var between = whole[(size + 1)..(size + 5)];

        Assert.Equal(between, (await Page($"first: 9, orderBy: {order}, after: \"{from}\", before: \"{to}\"")).Titles);
        Assert.Equal(between, (await Page($"last: 9, orderBy: {order}, after: \"{from}\", before: \"{to}\"")).Titles);
        Assert.Equal(between[..2], (await Page($"first: 2, orderBy: {order}, after: \"{from}\", before: \"{to}\"")).Titles);
        Assert.Equal(between[2..], (await Page($"last: 2, orderBy: {order}, after: \"{from}\", before: \"{to}\"")).Titles);
    }

    [SkippableFact]
    public async Task Nulls_are_last_in_both_directions()
    {
        Assert.Equal(
            ["Iota", "Epsilon", "Zeta", "Theta", "O'Hara \"x\" \\ 😀", "Alpha", "Alpha II", "Delta", "Gamma", "Alp", "Beta", "Eta"],
            await Whole("RATING_ASC"));
        Assert.Equal(
            ["Gamma", "Delta", "Alpha II", "Alpha", "O'Hara \"x\" \\ 😀", "Theta", "Zeta", "Epsilon", "Iota", "Eta", "Beta", "Alp"],
            await Whole("RATING_DESC"));
    }

    [SkippableFact]
    public async Task Edges_nodes_and_places_of_one_page_agree_under_any_alias()
    {
        var response = await library.Data("""
            { books(last: 2, orderBy: TITLE_ASC) {
                a: edges { c: cursor node { title } cursor }
                nodes { title }
                b: edges { node { id } }
                pageInfo { startCursor endCursor }
                p: pageInfo { hasPreviousPage __typename }
                totalCount __typename } }
            """);
        var books = JsonDocument.Parse(response).RootElement.GetProperty("books");

        Assert.Equal("""[{"title":"Theta"},{"title":"Zeta"}]""", books.GetProperty("nodes").GetRawText());
        Assert.Equal(["Theta", "Zeta"], books.GetProperty("a").EnumerateArray().Select(e => e.GetProperty("node").GetProperty("title").GetString()));
        Assert.Equal(books.GetProperty("a")[0].GetProperty("c").GetString(), books.GetProperty("pageInfo").GetProperty("startCursor").GetString());
        Assert.Equal(books.GetProperty("a")[1].GetProperty("cursor").GetString(), books.GetProperty("pageInfo").GetProperty("endCursor").GetString());
        Assert.Equal("""{"hasPreviousPage":true,"__typename":"PageInfo"}""", books.GetProperty("p").GetRawText());
        Assert.Equal(12, books.GetProperty("totalCount").GetInt64());
    }

    [SkippableFact]
    public async Task A_page_beyond_the_end_is_empty()
    {
        var last = (await Cursors("TITLE_ASC"))[^1];

        Assert.Equal(
            """{"books":{"edges":[],"nodes":[],"pageInfo":{"hasNextPage":false,"hasPreviousPage":true,"startCursor":null,"endCursor":null},"totalCount":12}}""",
            await library.Data($$"""{ books(orderBy: TITLE_ASC, after: "{{last}}") { edges { cursor } nodes { title } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount } }"""));
    }

    [SkippableFact]
    public async Task A_cursor_of_another_order_is_refused()
    {
        var cursor = (await Cursors("TITLE_ASC"))[0];

        foreach (var order in new[] { "TITLE_DESC", "RATING_ASC" })
        {
            Assert.Equal(
                "BAD_USER_INPUT: `after` is no cursor of a list in this order.",
                await library.Ask($$"""{ books(orderBy: {{order}}, after: "{{cursor}}") { totalCount } }"""));
        }
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("aGVsbG8")]
    [InlineData("W10")] // []
    [InlineData("eyJhIjoxfQ")] // an object
    [InlineData("WyJCb29rT3JkZXIuQURERURfQVRfREVTQyIsICJ5ZXN0ZXJkYXkiLCAieCJd")] // values of other types
    [InlineData("WyJCb29rT3JkZXIuQURERURfQVRfREVTQyIsIG51bGwsIG51bGxd")] // nulls where none can be
    public async Task What_is_no_cursor_is_refused(string text)
    {
        Assert.Equal(
            "BAD_USER_INPUT: `before` is no cursor of a list in this order.",
            await library.Ask("query ($c: String) { books(before: $c, last: 1) { nodes { title } } }", new { c = text }));
    }

    [SkippableFact]
    public async Task A_cursor_that_is_null_is_none()
    {
        Assert.Equal(
            """{"books":{"nodes":[{"title":"Alp"}],"pageInfo":{"hasPreviousPage":false}}}""",
            await library.Data("query ($c: String) { books(after: $c, first: 1, orderBy: TITLE_ASC) { nodes { title } pageInfo { hasPreviousPage } } }", "{\"c\":null}"));
    }

    [SkippableTheory]
    [InlineData("first: 0", "BAD_USER_INPUT: `first` is 0; it is at least 1.")]
    [InlineData("last: -1", "BAD_USER_INPUT: `last` is -1; it is at least 1.")]
    [InlineData("first: 101", "LIMIT_EXCEEDED first 100 < 101: `first` is 101; at most 100 are answered at once.")]
    [InlineData("first: 2147483647", "LIMIT_EXCEEDED first 100 < 2147483647: `first` is 2147483647; at most 100 are answered at once.")]
    [InlineData("first: 1, last: 1", "BAD_USER_INPUT: `first` and `last` exclude each other.")]
    public async Task Page_sizes_are_bounded(string arguments, string error)
    {
        Assert.Equal(error, await library.Ask($$"""{ books({{arguments}}) { nodes { title } } }"""));
    }

    [SkippableFact]
    public async Task Rows_that_a_query_may_touch_are_bounded_by_its_page_sizes()
    {
        const string query = """
            query ($n: Int) {
              authors(first: 100) { nodes { books(first: $n) { nodes { lines(first: 1000) { nodes { text } } } } } }
            }
            """;

        Assert.Equal(
            "LIMIT_EXCEEDED rows 500000 < 1001100: The query asks for up to 1001100 rows, its page sizes multiplied along its lists; 500000 are allowed.",
            await library.Ask(query, new { n = 10 }));
        Assert.StartsWith("{\"data\":", await library.Ask(query, new { n = 4 }), StringComparison.Ordinal);
    }

    private async Task<List<string>> Whole(string order) => (await Page($"first: 100, orderBy: {order}")).Titles;

    private async Task<List<string>> Cursors(string order)
    {
        var response = JsonDocument.Parse(await library.Data($$"""{ books(first: 100, orderBy: {{order}}) { edges { cursor } } }"""));
        return [.. response.RootElement.GetProperty("books").GetProperty("edges").EnumerateArray().Select(e => e.GetProperty("cursor").GetString()!)];
    }

    private async Task<(List<string> Titles, bool HasNext, bool HasPrevious, string? Start, string? End)> Page(string arguments)
    {
        var response = JsonDocument.Parse(await library.Data(
            $$"""{ books({{arguments}}) { nodes { title } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""));
        var books = response.RootElement.GetProperty("books");
        var info = books.GetProperty("pageInfo");
        return ([.. books.GetProperty("nodes").EnumerateArray().Select(n => n.GetProperty("title").GetString()!)],
            info.GetProperty("hasNextPage").GetBoolean(), info.GetProperty("hasPreviousPage").GetBoolean(),
            info.GetProperty("startCursor").GetString(), info.GetProperty("endCursor").GetString());
    }
}
