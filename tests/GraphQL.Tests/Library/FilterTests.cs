using System.Text.Json;

namespace QualityIngest.GraphQL.Tests.Library;

/// <summary>Filters: every operator, composition, negation.</summary>
public sealed class FilterTests(LibraryDatabase library) : IClassFixture<LibraryDatabase>
{
    private static readonly string[] s_all =
        ["Alp", "Alpha", "Alpha II", "Beta", "Delta", "Epsilon", "Eta", "Gamma", "Iota", "O'Hara \"x\" \\ 😀", "Theta", "Zeta"];

    /// <summary>Filters of books and the titles that they leave, in order of the titles.</summary>
    public static TheoryData<string, string[]> Filters { get; } = new()
    {
        { "{}", s_all },
        { "{id: {eq: \"Book:b0000000-0000-0000-0000-000000000001\"}}", ["Alpha"] },
        { "{id: {in: [\"b0000000-0000-0000-0000-000000000001\", \"Book:b0000000-0000-0000-0000-000000000003\"]}}", ["Alp", "Alpha"] },
        { "{id: {in: []}}", [] },
        { "{title: {eq: \"Alpha\"}}", ["Alpha"] },
        { "{title: {eq: \"O'Hara \\\"x\\\" \\\\ 😀\"}}", ["O'Hara \"x\" \\ 😀"] },
        { "{title: {in: [\"Zeta\", \"Eta\", \"'; drop table library.books; --\"]}}", ["Eta", "Zeta"] },
        { "{title: {prefix: \"Alpha\"}}", ["Alpha", "Alpha II"] },
        { "{title: {prefix: \"\"}}", s_all },
        { "{title: {prefix: \"O'Hara \\\"x\\\" \\\\ 😀\"}}", ["O'Hara \"x\" \\ 😀"] },
        { "{title: {prefix: \"\\u{10FFFF}\"}}", [] },
        { "{title: {prefix: \"%\"}}", [] },
        { "{state: {eq: LOST}}", ["Alp", "Theta"] },
        { "{state: {in: [LOST, LENT]}}", ["Alp", "Alpha II", "Delta", "Gamma", "Theta"] },
        { "{addedAt: {gte: \"2024-10-27T02:30:00+01:00\", lt: \"2024-10-27T02:30:00Z\"}}", ["Epsilon"] },
        { "{addedAt: {gt: \"2024-12-31T23:30:00Z\"}}", ["Iota"] },
        { "{addedAt: {eq: \"2024-01-02T10:00:00.123456Z\"}}", ["Alp"] },
        { "{published: {lte: \"2001-02-03\"}}", ["Alp", "Alpha"] },
        { "{published: {isNull: false}}", ["Alp", "Alpha", "O'Hara \"x\" \\ 😀"] },
        { "{published: {eq: null}, signed: {ne: null}}", ["Alpha II", "Beta", "Eta", "Iota", "Theta", "Zeta"] },
        { "{signed: {eq: true}}", ["Alpha", "Beta"] },
        { "{signed: {eq: false}}", ["Alpha II", "Eta", "Iota", "Theta", "Zeta"] },
        { "{signed: {isNull: true}}", ["Alp", "Delta", "Epsilon", "Gamma", "O'Hara \"x\" \\ 😀"] },
        { "{price: {gt: \"99999999999999999999.98\"}}", ["Alpha II"] },
        { "{price: {lt: 1}}", ["O'Hara \"x\" \\ 😀"] },
        { "{rating: {gt: 2, lte: 4.5}}", ["Alpha", "Alpha II", "O'Hara \"x\" \\ 😀"] },
        { "{copies: {eq: 9007199254740993}}", ["O'Hara \"x\" \\ 😀"] },
        { "{copies: {gte: \"9223372036854775807\"}}", ["Iota"] },
        { "{pages: {lt: 30}}", ["Delta", "Epsilon"] },
        { "{isbn: {eq: \"b0000000-0000-0000-0000-000000000001\"}}", [] },
        { "{author: {country: {eq: \"SE\"}}}", ["Alpha", "Alpha II", "Eta", "Theta", "Zeta"] },
        { "{author: {country: {isNull: true}}}", ["Alp", "O'Hara \"x\" \\ 😀"] },
        { "{author: {name: {eq: \"Dora\"}, country: {ne: \"TR\"}}}", ["Eta", "Theta", "Zeta"] },
        { "{search: \"rains\"}", ["Alpha", "Alpha II"] },
        { "{search: \"rains\", author: {country: {eq: \"SE\"}}, state: {eq: LENT}}", ["Alpha II"] },
        { "{and: [{title: {prefix: \"Alp\"}}, {state: {ne: LOST}}]}", ["Alpha", "Alpha II"] },
        { "{or: [{title: {eq: \"Zeta\"}}, {state: {eq: LOST}}, {copies: {eq: 3}}]}", ["Alp", "Alpha", "Theta", "Zeta"] },
        { "{or: [{and: [{state: {eq: LOST}}, {rating: {isNull: true}}]}, {not: {pages: {gt: 10}}, rating: {isNull: false}}]}", ["Alp", "Delta", "Gamma"] },
        { "{and: []}", s_all },
        { "{or: []}", [] },
        { "{title: null, or: null, search: null}", s_all },
        { "{title: {in: null, prefix: null, isNull: null}}", s_all },
        { "{title: {}}", s_all },
    };

    [SkippableTheory]
    [MemberData(nameof(Filters))]
    public async Task A_filter_leaves_what_it_holds_for(string filter, string[] titles)
    {
        Assert.Equal(titles, await Titles(filter));
    }

    [SkippableTheory]
    [MemberData(nameof(Filters))]
    public async Task Its_negation_leaves_the_rest(string filter, string[] titles)
    {
        Assert.Equal(s_all.Except(titles), await Titles($"{{not: {filter}}}"));
        Assert.Equal(titles, await Titles($"{{not: {{not: {filter}}}}}"));
    }

    [SkippableTheory]
    [InlineData("{title: {ne: \"Alpha\"}}", "{title: {eq: \"Alpha\"}}")]
    [InlineData("{rating: {ne: 4.5}}", "{rating: {eq: 4.5}}")]
    [InlineData("{state: {notIn: [LOST]}}", "{state: {in: [LOST]}}")]
    [InlineData("{published: {notIn: [\"2001-02-03\"]}}", "{published: {in: [\"2001-02-03\"]}}")]
    [InlineData("{published: {ne: null}}", "{published: {eq: null}}")]
    [InlineData("{signed: {ne: true}}", "{signed: {eq: true}}")]
    [InlineData("{id: {notIn: [\"b0000000-0000-0000-0000-000000000001\"]}}", "{id: {in: [\"b0000000-0000-0000-0000-000000000001\"]}}")]
    public async Task Opposite_operators_share_all_rows_among_them(string one, string other)
    {
        Assert.Equal(s_all, (await Titles(one)).Concat(await Titles(other)).Order(StringComparer.Ordinal));
        Assert.Equal(await Titles(one), await Titles($"{{not: {other}}}"));
    }

    [SkippableFact]
    public async Task A_filter_in_variables_is_the_filter_that_is_written()
    {
        foreach (var (variables, titles) in new (string, string[])[]
        {
            ("""{"f":{"state":{"in":["LOST","LENT"]},"not":{"title":{"prefix":"Alp"}}}}""", ["Delta", "Gamma", "Theta"]),
            ("""{"f":{"state":{"in":["LENT"]},"not":{"title":{"prefix":"De"}}}}""", ["Alpha II", "Gamma"]), // the same plan
            ("""{"f":{"or":[{"title":{"eq":"Alp"}},{"rating":{"eq":null}}]}}""", ["Alp", "Beta", "Eta"]),
            ("""{"f":{"or":[{"title":{"eq":"Alp"}},{"rating":{"eq":1}}]}}""", ["Alp", "Epsilon"]), // another one
            ("""{"f":{"or":{"title":{"eq":"Alp"}}}}""", ["Alp"]), // an item as a list
            ("""{"f":null}""", s_all),
            ("{}", s_all),
        })
        {
            var response = await library.Data("query ($f: BookFilter) { books(orderBy: TITLE_ASC, filter: $f) { nodes { title } } }", variables);
            Assert.Equal(titles, Read(response));
        }
    }

    [SkippableFact]
    public async Task Variables_stand_anywhere_in_a_written_filter()
    {
        const string query = """
            query ($title: String, $state: BookState!, $more: [BookFilter!], $absent: String) {
              books(orderBy: TITLE_ASC, filter: {or: [{title: {in: ["Beta", "Eta"], eq: $title}}, {state: {in: [LOST, $state]}, and: $more, title: {prefix: $absent}}]}) { nodes { title } }
            }
            """;

        Assert.Equal(
            ["Alp", "Beta", "Delta", "Gamma"],
            Read(await library.Data(query, """{"title":"Beta","state":"LENT","more":[{"not":{"author":{"country":{"eq":"SE"}}}},{}]}""")));
    }

    [SkippableTheory]
    [InlineData("{id: {eq: \"nonsense\"}}", "BAD_USER_INPUT: An id is none of a Book.")]
    [InlineData("{id: {in: [\"Author:a0000000-0000-0000-0000-000000000001\"]}}", "BAD_USER_INPUT: An id is none of a Book.")]
    public async Task An_id_of_no_form_is_refused(string filter, string error)
    {
        Assert.Equal(error, await library.Ask($$"""{ books(filter: {{filter}}) { nodes { title } } }"""));
    }

    [SkippableFact]
    public async Task A_NUL_is_refused_before_the_database_sees_it()
    {
        Assert.StartsWith("BAD_USER_INPUT", await library.Ask("query ($t: String) { books(filter: {title: {eq: $t}}) { totalCount } }", "{\"t\":\"a\\u0000b\"}"), StringComparison.Ordinal);
        var written = await library.Ask("""{ books(filter: {title: {eq: "a\u0000b"}}) { totalCount } }""");
        Assert.DoesNotContain("data", written, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Counting_uses_the_filter()
    {
        Assert.Equal(
            """{"books":{"totalCount":5}}""", await library.Data("""{ books(first: 1, filter: {author: {country: {eq: "SE"}}}) { totalCount } }"""));
    }

    private async Task<List<string>> Titles(string filter) =>
        Read(await library.Data($$"""{ books(orderBy: TITLE_ASC, filter: {{filter}}) { nodes { title } } }"""));

    private static List<string> Read(string data) =>
        [.. JsonDocument.Parse(data).RootElement.GetProperty("books").GetProperty("nodes").EnumerateArray().Select(n => n.GetProperty("title").GetString()!)];
}
