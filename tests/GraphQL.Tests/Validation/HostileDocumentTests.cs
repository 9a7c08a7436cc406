using System.Diagnostics;
using QualityIngest.GraphQL.Language;
using QualityIngest.GraphQL.Limits;
using QualityIngest.GraphQL.Tests.Types;
using QualityIngest.GraphQL.Validation;

namespace QualityIngest.GraphQL.Tests.Validation;

/// <summary>
/// Documents that are made to cost. Within the bound of tokens none of them is worth more than some milliseconds; the seconds
/// that are allowed here are for machines that are busy.
/// </summary>
public sealed class HostileDocumentTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    // Twice what is allowed: what operators may set must hold as well.
    private static readonly ParserOptions Wide = new() { MaxTokens = 5_000, MaxNesting = 200 };

    private static readonly Hostile[] s_documents =
    [
        // Fragments that spread the next one twice: 2^400 fields, were they spread out.
        new(Chain(400, i => $"fragment F{i} on Query {{ ...F{i + 1} ...F{i + 1} }} "), null),
        new(Chain(200, i => $"fragment F{i} on Lion {{ a: cub {{ ...F{i + 1} }} b: cub {{ ...F{i + 1} }} }} ", "lion(id: 1) { ...F0 }", "Lion { id }"), null),
        // Every fragment spreads all that follow.
        new(Chain(60, i => $"fragment F{i} on Query {{ {string.Concat(Enumerable.Range(i + 1, 60 - i).Select(j => $"...F{j} "))}}} "), null),
        // Fragments that lead to very many different sets of fields.
        new(Sets(30), "validationSteps"),
        // All pairs of one key, which all merge but for the last.
        new($"{{ {string.Concat(Enumerable.Repeat("take ", 4_000))}take(Int: 1) }}", "OverlappingFieldsCanBeMerged"),
        new($"{{ lion(id: 1) {{ {string.Concat(Enumerable.Repeat("cub { id } ", 900))} cub {{ id: roar }} }} }}", "OverlappingFieldsCanBeMerged"),
        // Circles over all fragments, from everywhere.
        new($"{{ ...F0 }} {string.Concat(Enumerable.Range(0, 60).Select(i => $"fragment F{i} on Query {{ {string.Concat(Enumerable.Range(0, 24).Select(j => $"...F{(i + j) % 60} "))}}} "))}", "NoFragmentCycles"),
        new($"{{ animals {{ ...F }} }} fragment F on Animal {{ friends {{ ...F id }} }}", "NoFragmentCycles"),
        // Names that nothing has, and many of them.
        new($"{{ {string.Concat(Enumerable.Range(0, 4_000).Select(i => $"animalz{i} "))}}}", "FieldsOnCorrectType"),
        new($"{{ {new string('a', 1_000_000)} }}", "FieldsOnCorrectType"),
        new($"query Q({string.Concat(Enumerable.Range(0, 1_200).Select(i => $"$v{i}: Int "))}) {{ take }}", "NoUnusedVariables"),
        new($"{{ take({string.Concat(Enumerable.Range(0, 1_500).Select(i => $"a{i}: 1 "))}) }}", "KnownArgumentNames"),
        new($"{{ take {string.Concat(Enumerable.Repeat("@skip(if: true) ", 700))} }}", "UniqueDirectivesPerLocation"),
        // Many operations that all lead to all fragments.
        new($"{string.Concat(Enumerable.Range(0, 400).Select(i => $"query Q{i} {{ ...F0 }} "))}{Fragments(300, i => $"fragment F{i} on Query {{ ...F{i + 1} }} ", "Query { take(Int: $x) }")}", "NoUndefinedVariables"),
        // Values.
        new($"{{ animals(filter: {{ids: [{string.Concat(Enumerable.Repeat("1 ", 4_900))}]}}) {{ id }} }}", "ValuesOfCorrectType"),
        new($"{{ animals(filter: {string.Concat(Enumerable.Repeat("{and: [", 95))}{string.Concat(Enumerable.Repeat("]}", 95))}) {{ id }} }}", null),
        new($"{{ animals(filter: {{{string.Concat(Enumerable.Repeat("legs: 1 ", 1_500))}}}) {{ id }} }}", "UniqueInputFieldNames"),
        new($"{{ take(String: \"{new string('x', 1_000_000)}\") take(String: \"{new string('x', 999_999)}y\") }}", "OverlappingFieldsCanBeMerged"),
        // Introspection that grows with the power of its depth.
        new($"{{ __schema {{ types {{ {string.Concat(Enumerable.Repeat("fields { type { ", 20))} name {string.Concat(Enumerable.Repeat("} }", 20))} }} }} }}", "MaxIntrospectionDepth"),
        new($"{{ {string.Concat(Enumerable.Range(0, 300).Select(i => $"a{i}: __schema {{ ...T }} "))} }} fragment T on __Schema {{ types {{ ...U }} }} fragment U on __Type {{ fields {{ type {{ ...U }} }} }}", "MaxIntrospectionDepth"),
    ];

    private sealed record Hostile(string Text, string? Refusal);

    // By number: the texts are too large to be parts of the names of tests.
    public static TheoryData<int> Documents() => [.. Enumerable.Range(0, s_documents.Length)];

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_hostile_document_is_judged_at_once(int number)
    {
        var (text, refusal) = s_documents[number];
        var parsed = Parser.Parse(text, Wide);
        Assert.True(parsed.Succeeded, parsed.Error?.Message);
        Validator.Validate(Zoo.Schema, Zoo.Parse("{ take }"));
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var begin = Stopwatch.GetTimestamp();

        var errors = Validator.Validate(Zoo.Schema, parsed.Document!);

        Assert.InRange(Stopwatch.GetElapsedTime(begin), TimeSpan.Zero, Patience);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 100_000_000);
        if (refusal is null)
            Assert.Empty(errors);
        else
            Assert.Contains(errors, e => e.Rule == refusal || e.Limit?.Name == refusal);
        Assert.InRange(errors.Sum(e => e.Message.Length + (20 * e.Locations.Count)), 0, 200_000);
    }

    [Theory]
    [InlineData('{')]
    [InlineData('[')]
    [InlineData('a')]
    [InlineData('$')]
    [InlineData('"')]
    [InlineData('#')]
    public void A_megabyte_of_anything_is_refused_at_once(char c)
    {
        var begin = Stopwatch.GetTimestamp();

        var parsed = Parser.Parse($"{{ take(x: {string.Join(c is 'a' ? " " : "", Enumerable.Repeat(c, 500_000))}", new GraphQLLimits().Parser);

        Assert.False(parsed.Succeeded);
        Assert.InRange(Stopwatch.GetElapsedTime(begin), TimeSpan.Zero, Patience);
    }

    private static string Chain(int length, Func<int, string> fragment, string first = "...F0", string last = "Query { take }") =>
        $"{{ {first} }} {Fragments(length, fragment, last)}";

    private static string Fragments(int length, Func<int, string> fragment, string last) =>
        $"{string.Concat(Enumerable.Range(0, length).Select(fragment))}fragment F{length} on {last}";

    // The way to write "an a stood so many steps ago": after n steps there are 2^n sets of fragments that can be underway.
    private static string Sets(int steps) =>
        string.Concat(Enumerable.Range(0, steps).Select(i => $"fragment S{i} on Lion {{ a: cub {{ ...S{i + 1} ...T0 }} b: cub {{ ...S{i + 1} }} }} "))
        + string.Concat(Enumerable.Range(0, steps).Select(i => $"fragment T{i} on Lion {{ a: cub {{ ...T{i + 1} }} b: cub {{ ...T{i + 1} }} }} "))
        + $"fragment S{steps} on Lion {{ id }} fragment T{steps} on Lion {{ id }} {{ lion(id: 1) {{ ...S0 }} }}";
}
