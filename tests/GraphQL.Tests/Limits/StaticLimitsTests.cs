using System.Diagnostics;
using QualityIngest.GraphQL.Language;
using QualityIngest.GraphQL.Limits;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Tests.Limits;

/// <summary>What a query may ask for.</summary>
public sealed class StaticLimitsTests
{
    private static readonly GraphQLLimits Limits = new() { Depth = 3, IntrospectionDepth = 5, Nodes = 10, Aliases = 2, ResponseKeys = 4 };

    [Fact]
    public void The_defaults_are_those_of_the_contract()
    {
        var limits = new GraphQLLimits();

        Assert.Equal((10, 20, 1_000, 15, 50, 2_000), (limits.Depth, limits.IntrospectionDepth, limits.Nodes, limits.Aliases, limits.ResponseKeys, limits.Tokens));
        Assert.Equal((500_000, 33_554_432, TimeSpan.FromSeconds(10)), (limits.Rows, limits.ResponseBytes, limits.StatementTimeout));
        Assert.True(limits.IsValid);
        Assert.False((limits with { ResponseKeys = 51 }).IsValid);
        Assert.False((limits with { Tokens = 5_001 }).IsValid);
    }

    [Theory]
    [InlineData("{ a { b { c } } }")]
    [InlineData("{ a { ... { b { ... on T { ...F } } } } } fragment F on T { c }")]
    [InlineData("{ __schema { a { b { c { d } } } } a { b { c } } }")]
    public void Fields_may_lie_as_deep_as_is_allowed(string text) => Assert.Empty(Check(text));

    [Theory]
    [InlineData("{ x a { b { c { d } } } }", 4, 1, 17)]
    [InlineData("{ a { b { c { d { e } } } } }", 5, 1, 19)]
    [InlineData("{ a { ...F } } fragment F on T { b { ...G } }\nfragment G on T { c { d } }", 4, 2, 23)]
    [InlineData("{ ...F a { ...F } b { c { ...F } } }\nfragment F on T { x { y } }", 4, 2, 23)]
    public void Deeper_fields_are_refused_whatever_fragments_they_come_through(string text, int depth, int line, int column) =>
        AssertExceeded("depth", 3, depth, new(line, column), Check(text));

    [Fact]
    public void The_introspection_has_a_depth_of_its_own()
    {
        AssertExceeded("introspectionDepth", 5, 6, new(1, 28), Check("{ __type { a { b { c { d { e } } } } } }"));
        Assert.Equal(["depth", "introspectionDepth"], Check("{ a { b { c { d } } } __schema { a { b { c { d { e } } } } } }").Select(error => error.Limit!.Name));
    }

    [Fact]
    public void The_introspection_that_tools_send_is_allowed()
    {
        var ofType = string.Concat(Enumerable.Repeat("ofType { kind name ", 9)) + new string('}', 9);
        var text = $$"""
            query IntrospectionQuery { __schema { description queryType { name kind } types { ...FullType } directives { name args { ...InputValue } } } }
            fragment FullType on __Type { kind name fields(includeDeprecated: true) { name args { ...InputValue } type { ...TypeRef } }
              inputFields { ...InputValue } interfaces { ...TypeRef } enumValues { name } possibleTypes { ...TypeRef } }
            fragment InputValue on __InputValue { name type { ...TypeRef } defaultValue }
            fragment TypeRef on __Type { kind name {{ofType}} }
            """;

        Assert.Empty(Check(text, new()));
    }

    [Fact]
    public void Fields_count_as_often_as_their_fragment_is_spread()
    {
        const string fragment = " fragment F on T { x y }";

        Assert.Empty(Check($"{{ a {{ ...F }} b {{ ...F }} c {{ ...F }} d }}{fragment}"));
        AssertExceeded("nodes", 10, 12, new(2, 1), Check($"\nquery {{ a {{ ...F }} b {{ ...F }} c {{ ...F }} d {{ ...F }} }}{fragment}"));
    }

    [Fact]
    public void Fragments_that_double_each_other_are_counted_in_linear_time()
    {
        var doubling = string.Concat(Enumerable.Range(0, 150).Select(i => $"fragment F{i} on T {{ ...F{i + 1} ...F{i + 1} }}\n"));
        var clock = Stopwatch.StartNew();

        var error = Assert.Single(Check($"{{ ...F0 }} {doubling} fragment F150 on T {{ a }}", new()));

        Assert.Equal(new ExceededLimit("nodes", 1_000, 1_000_000_000_000), error.Limit);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(1), $"{clock.Elapsed}");
    }

    [Theory]
    [InlineData("{ ...F } fragment F on T { ...F }")]
    [InlineData("{ ...F } fragment F on T { a { ...F } }")]
    [InlineData("{ ...F } fragment F on T { ...G } fragment G on T { x { ...F ...F } }")]
    [InlineData("{ ...Nowhere }")]
    [InlineData("{ a } fragment F on T { a { ...F } }")]
    public void Fragments_that_spread_themselves_or_nothing_are_survived(string text) => Assert.Empty(Check(text, new()));

    [Fact]
    public void Fragments_of_the_widest_document_leave_the_stack_whole()
    {
        var chain = string.Concat(Enumerable.Range(0, 450).Select(i => $"fragment F{i} on T {{ a {{ ...F{i + 1} }} }}\n"));
        var document = Parser.Parse($"{{ ...F0 }} {chain} fragment F450 on T {{ a }}", new() { MaxTokens = 5_000 }).Document!;
        IReadOnlyList<GraphQLError> errors = [];
        var thread = new Thread(() => errors = StaticLimits.Check(document, document.Operations.First(), new()), maxStackSize: 1536 * 1024);
        thread.Start();
        thread.Join();

        Assert.Equal(new ExceededLimit("depth", 10, 451), Assert.Single(errors).Limit);
    }

    [Fact]
    public void One_field_has_so_many_aliases_in_one_object()
    {
        Assert.Empty(Check("{ f a: f b: f a: f c: g }"));
        Assert.Empty(Check("{ x { a: f b: f } y { c: f d: f } }"));
        AssertExceeded("aliases", 2, 3, new(1, 15), Check("{ a: f b: f f c: f }"));
        AssertExceeded("aliases", 2, 3, new(2, 24), Check("{ x { a: f } x { ...F } }\nfragment F on T { b: f c: f }"));
    }

    [Fact]
    public void An_object_has_so_many_keys()
    {
        Assert.Empty(Check("{ a b c d d d }"));
        AssertExceeded("responseKeys", 4, 5, new(1, 11), Check("{ a b c d e }"));
        AssertExceeded("responseKeys", 4, 5, new(1, 33), Check("{ x { a b } x { c ... { d ... { e } } } }"));
    }

    [Fact]
    public void An_object_of_one_type_has_no_keys_of_another()
    {
        const string text = "{ n { id ... on A { a b c x { p q r } } ... on B { d e f } } }";
        var wide = Limits with { Depth = 9, Nodes = 99 };

        Assert.Equal("responseKeys", Assert.Single(Check(text, wide)).Limit?.Name);
        Assert.Equal("responseKeys", Assert.Single(Check(text, wide, Schema())).Limit?.Name);
        Assert.Empty(Check(text.Replace(" x { p q r }", "", StringComparison.Ordinal), wide, Schema()));
        Assert.Empty(Check("{ n { ... on A { x { a b c } } ... on B { x { d e f } } } }", wide, Schema()));
        Assert.Single(Check("{ n { ... on A { x { a b c } } ... on N { x { d e f } } } }", wide, Schema()));
    }

    private static Schema Schema()
    {
        var node = new InterfaceType("N", "");
        var (a, b) = (new ObjectType("A", "") { Interfaces = [node] }, new ObjectType("B", "") { Interfaces = [node] });
        node.Implementations = [a, b];
        return new(new("Query", ""), [node, a, b], []);
    }

    private static IReadOnlyList<GraphQLError> Check(string text, GraphQLLimits? limits = null, Schema? schema = null)
    {
        var document = Parser.Parse(text).Document;
        Assert.NotNull(document);
        return StaticLimits.Check(document, document.Operations.First(), limits ?? Limits, schema);
    }

    private static void AssertExceeded(string name, long bound, long found, Location at, IReadOnlyList<GraphQLError> errors)
    {
        var error = Assert.Single(errors);
        Assert.Equal(new ExceededLimit(name, bound, found), error.Limit);
        Assert.Equal(ErrorCodes.LimitExceeded, error.Code);
        Assert.Contains($"{bound}", error.Message, StringComparison.Ordinal);
        Assert.Equal(at, Assert.Single(error.Locations));
    }
}
