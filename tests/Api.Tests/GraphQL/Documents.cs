using QualityIngest.GraphQL.Types;

namespace QualityIngest.Api.Tests.GraphQL;

/// <summary>Documents that follow from the schema: every list with every order, every member of a filter and every relation.</summary>
internal static class Documents
{
    /// <summary>A UUID that is some row's.</summary>
    public const string SomeId = "00000000-0000-7000-8000-000000000001";

    /// <summary>The fields of the query type that answer pages.</summary>
    public static IEnumerable<FieldDefinition> Lists(Schema schema) => schema.Query.Fields.Where(f => Argument(f, "after") is not null);

    /// <summary>The fields of the query type that answer figures.</summary>
    public static IEnumerable<FieldDefinition> Statistics(Schema schema) => schema.Query.Fields.Where(f => Argument(f, "groupBy") is not null);

    /// <summary>Every way to ask for pages, each with a name.</summary>
    public static IEnumerable<(string Name, string Document)> Pages(Schema schema) =>
        Lists(schema).SelectMany(list => Plain(list).Concat(Orders(list)).Concat(Filters(list)).Concat(Relations(list)));

    private static IEnumerable<(string, string)> Plain(FieldDefinition list)
    {
        yield return (list.Name, Page(list, ""));
        yield return ($"{list.Name}, counted", $"{{ {list.Name} {{ totalCount }} }}");
    }

    /// <summary>A list in every order, from both ends.</summary>
    public static IEnumerable<(string Name, string Document)> Orders(FieldDefinition list) =>
        from word in ((EnumType?)Argument(list, "orderBy")?.Type.Named)?.Members ?? []
        from way in new[] { "first: 20", "last: 20" }
        select ($"{list.Name} by {word.Name}, {way}", Page(list, $"orderBy: {word.Name}, {way}"));

    private static IEnumerable<(string, string)> Filters(FieldDefinition list) =>
        from filter in Members((InputType)Argument(list, "filter")!.Type.Named)
        select ($"{list.Name} by {filter}", Page(list, $"filter: {filter}"));

    private static IEnumerable<(string, string)> Relations(FieldDefinition list) =>
        from field in Node(list).Fields
        where field.Type.Named is ObjectType
        select ($"{list.Name} with {field.Name}", Page(list, "first: 20", $"{field.Name} {Selection(field)}"));

    /// <summary>A filter for every comparison of every member.</summary>
    public static IEnumerable<string> Members(InputType filter) => filter.Fields
        .Where(member => member.Name is not ("and" or "or" or "not"))
        .SelectMany(member => member.Type.Named is InputType inner
            ? inner.Fields.Any(f => f.Name == "isNull") ? inner.Fields.Select(f => $"{{ {member.Name}: {{ {f.Name}: {Value(f)} }} }}") : Members(inner).Select(m => $"{{ {member.Name}: {m} }}")
            : [$"{{ {member.Name}: {Value(member)} }}"]);

    /// <summary>A value of a member's type.</summary>
    public static string Value(InputDefinition member)
    {
        var value = member.Type.Named switch
        {
            EnumType words => words.Members[^1].Name,
            ScalarType { Kind: ScalarKind.Int or ScalarKind.Long or ScalarKind.Float or ScalarKind.Decimal } => "5",
            ScalarType { Kind: ScalarKind.Boolean } => "true",
            ScalarType { Kind: ScalarKind.DateTime } => "\"2026-01-01T00:00:00Z\"",
            ScalarType { Kind: ScalarKind.Date } => "\"2026-01-01\"",
            ScalarType { Kind: ScalarKind.Uuid or ScalarKind.Id } => $"\"{SomeId}\"",
            _ => "\"c-77\"",
        };
        return Bare(member.Type) is ListReference ? $"[{value}]" : value;
    }

    private static string Page(FieldDefinition list, string arguments, string? node = null) =>
        $"{{ {list.Name}{(arguments.Length == 0 ? "" : $"({arguments})")} {{ nodes {{ id {node} }} pageInfo {{ hasNextPage endCursor startCursor }} }} }}";

    private static string Selection(FieldDefinition field) => field.Type.Named switch
    {
        ObjectType page when page.Name.EndsWith("Connection", StringComparison.Ordinal) => $"{{ nodes {Leaves(NodeOf(page))} }}",
        var type => Leaves((ObjectType)type),
    };

    private static string Leaves(ObjectType type) =>
        $"{{ {string.Join(' ', type.Fields.Where(f => f.Type.Named is not (ObjectType or InterfaceType)).Select(f => f.Name).Take(45))} }}";

    private static ObjectType Node(FieldDefinition list) => NodeOf((ObjectType)list.Type.Named);

    private static ObjectType NodeOf(ObjectType page) => (ObjectType)page.Fields.Single(f => f.Name == "nodes").Type.Named;

    private static InputDefinition? Argument(FieldDefinition field, string name) => field.Arguments.FirstOrDefault(a => a.Name == name);

    private static TypeReference Bare(TypeReference type) => type is NonNullReference { Inner: var inner } ? inner : type;
}
