using System.Diagnostics;
using System.Text.Json;
using QualityIngest.Api.GraphQL.Catalogue;
using QualityIngest.GraphQL.Execution;

namespace QualityIngest.Api.Tests.GraphQL;

/// <summary>Queries that are made to cost. Each is refused while it is prepared, for which there is no database.</summary>
public sealed class HostileQueryTests
{
    private static readonly string[] s_fields = ["id", "externalId", "status", "channel", "revision", "startedAt", "namespace", "language"];

    private static readonly GraphQLEngine s_engine = new(ProductCatalogue.Create(), new GraphQLOptions());

    // How long a machine may be busy with other things; the work itself is some milliseconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private const string Page = "query Q($f: ConversationFilter) { conversations(filter: $f) { nodes { id } } }";

    private static readonly Hostile[] s_queries =
    [
        new("deep fields", $"{{ conversations {{ nodes {{ {Repeat(12, "agent { conversations { nodes {")} id {Repeat(12, "} } }")} }} }} }}", null, "depth"),
        new("a megabyte of braces", Repeat(500_000, "{a"), null, "nesting"),
        new("a megabyte of brackets", "{ conversations(filter: " + Repeat(1_000_000, "["), null, "nesting"),
        new("a megabyte of names", "{ " + Repeat(500_000, "a ") + "}", null, "tokens"),
        new("a megabyte of spreads", "{ " + Repeat(250_000, "...F ") + "} fragment F on Query { __typename }", null, "tokens"),
        new("a name of a megabyte", "{ " + Repeat(1_000_000, "a") + " }", null, "GRAPHQL_VALIDATION_FAILED"),
        new("a text of a megabyte", "{ conversation(id: \"" + Repeat(1_000_000, "a") + "\") { nothing } }", null, "GRAPHQL_VALIDATION_FAILED"),
        new("a text that never ends", "{ conversation(id: \"\"\"" + Repeat(1_000_000, "a") + " }", null, "GRAPHQL_PARSE_FAILED"),
        new("aliases of one field", $"{{ {Numbered(16, i => $"a{i}: conversations(first: 1) {{ totalCount }} ")} }}", null, "aliases"),
        new("keys of one object", $"{{ conversations {{ nodes {{ {Numbered(51, i => $"k{i}: {s_fields[i % s_fields.Length]} ")} }} }} }}", null, "responseKeys"),
        new("a fragment in itself", "{ conversations { nodes { ...F } } } fragment F on Conversation { agent { conversations { nodes { ...F } } } }", null, "GRAPHQL_VALIDATION_FAILED"),
        new("fragments in circles", $"{{ ...F0 }} {Numbered(100, i => $"fragment F{i} on Query {{ ...F{(i + 1) % 100} ...F{(i + 7) % 100} }} ")}", null, "GRAPHQL_VALIDATION_FAILED"),
        new("fragments that double", $"{{ ...F0 }} {Numbered(20, i => $"fragment F{i} on Query {{ a{i}: __typename ...F{i + 1} b{i}: __typename ...F{i + 1} }} ")} fragment F20 on Query {{ {Numbered(9, i => $"c{i}: __typename ")} }}", null, "LIMIT_EXCEEDED"),
        new("nested fragments that double", $"{{ conversations {{ nodes {{ ...F0 }} }} }} {Numbered(3, i => $"fragment F{i} on Conversation {{ {Numbered(8, j => $"a{j}: agent {{ conversations {{ nodes {{ ...F{i + 1} }} }} }} ")} }} ")} fragment F3 on Conversation {{ id }}", null, "LIMIT_EXCEEDED"),
        new("huge pages", "{ conversations(first: 1000000000) { nodes { id } } }", null, "first"),
        new("pages within pages", "{ conversations(first: 100) { nodes { agent { conversations(first: 100) { nodes { messages(first: 100) { nodes { index } } } } } } } }", null, "rows"),
        new("deep literals", $"{{ conversations(filter: {Repeat(40, "{not: ")}{{}}{Repeat(40, "}")}) {{ nodes {{ id }} }} }}", null, "inputDepth"),
        new("deep filters", Page, $"{Repeat(17, "{\"and\": [")}{{}}{Repeat(17, "]}")}", "inputDepth"),
        new("wide filters", Page, $"{{\"or\": [{string.Join(',', Enumerable.Repeat("{}", 50_000))}]}}", "inputObjects"),
        new("wide lists", Page, $"{{\"externalId\": {{\"in\": [{string.Join(',', Enumerable.Repeat("\"a\"", 200_000))}]}}}}", "inputValues"),
        new("unknown members", Page, $"{{{string.Join(',', Enumerable.Range(0, 50_000).Select(i => $"\"m{i}\": 1"))}}}", "BAD_USER_INPUT"),
        new("unknown variables", Page + " ", "5", "BAD_USER_INPUT"),
        new("deep introspection", $"{{ __schema {{ types {{ {Repeat(6, "fields { type { ")} name {Repeat(6, "} }")} }} }} }}", null, "GRAPHQL_VALIDATION_FAILED"),
        new("NUL", Page, "{\"externalId\": {\"eq\": \"a\\u0000\"}}", "BAD_USER_INPUT"),
    ];

    private sealed record Hostile(string About, string Query, string? Filter, string Refusal);

    // By name: the texts are too large to be parts of the names of tests.
    public static TheoryData<string> Queries() => [.. s_queries.Select(q => q.About)];

    [Theory]
    [MemberData(nameof(Queries))]
    public void A_hostile_query_is_refused_without_a_database(string about)
    {
        var (_, query, filter, refusal) = s_queries.Single(q => q.About == about);
        using var variables = JsonDocument.Parse(filter is null ? "{}" : $"{{\"f\": {filter}}}", new JsonDocumentOptions { MaxDepth = 64 });
        var request = new GraphQLRequest(query, null, variables.RootElement);
        s_engine.Prepare(new("{ __typename }"));
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var begin = Stopwatch.GetTimestamp();

        var prepared = s_engine.Prepare(request);

        Assert.InRange(Stopwatch.GetElapsedTime(begin), TimeSpan.Zero, Patience);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 64 * 1024 * 1024);
        Assert.False(prepared.Succeeded, about);
        Assert.Contains(prepared.Errors, e => e.Code == refusal || e.Limit?.Name == refusal);
        Assert.InRange(prepared.Errors.Sum(e => (long)e.Message.Length), 1, 100_000);
    }

    private static string Repeat(int times, string text) => string.Concat(Enumerable.Repeat(text, times));

    private static string Numbered(int count, Func<int, string> text) => string.Concat(Enumerable.Range(0, count).Select(text));
}
