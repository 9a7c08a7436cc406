using QualityIngest.GraphQL.Language;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Limits;

/// <summary>
/// Walks the objects that an operation's response has and counts what each is made of. Selections of one key are one object,
/// as the executor merges them, unless they are for different types, of which an object has only one.
/// </summary>
internal sealed class ResponseObjects
{
    private readonly Dictionary<string, FragmentNode> _fragments;
    private readonly GraphQLLimits _limits;
    private readonly Schema? _schema;
    private GraphQLError? _keys;
    private GraphQLError? _aliases;

    private ResponseObjects(Document document, GraphQLLimits limits, Schema? schema) =>
        (_fragments, _limits, _schema) = (FragmentsByName.Of(document), limits, schema);

    /// <summary>The first object that has too many keys, and the first that has one field under too many aliases.</summary>
    public static IReadOnlyList<GraphQLError> Check(Document document, OperationNode operation, GraphQLLimits limits, Schema? schema)
    {
        var objects = new ResponseObjects(document, limits, schema);
        objects.Walk([operation.Selections]);
        return [.. new[] { objects._keys, objects._aliases }.OfType<GraphQLError>()];
    }

    private void Walk(List<SelectionSetNode> merged)
    {
        var members = new List<Member>();
        var spread = new HashSet<(string, string?)>();
        foreach (var selections in merged)
            Collect(selections, type: null, spread, members);

        Count(members);
        foreach (var below in Below(members))
            Walk(below);
    }

    private void Collect(SelectionSetNode selections, string? type, HashSet<(string, string?)> spread, List<Member> members)
    {
        foreach (var selection in selections.Selections)
        {
            switch (selection)
            {
                case FieldNode field:
                    members.Add(new(type, field));
                    break;
                case InlineFragmentNode inline:
                    Collect(inline.Selections, Narrow(type, inline.Condition), spread, members);
                    break;
                case FragmentSpreadNode { Name.Value: var name } when _fragments.TryGetValue(name, out var fragment):
                    var narrowed = Narrow(type, fragment.Condition);
                    if (spread.Add((name, narrowed)))
                        Collect(fragment.Selections, narrowed, spread, members);
                    break;
                default:
                    break;
            }
        }
    }

    // Interfaces narrow nothing: what they stand for is told by an object type, or may be any.
    private string? Narrow(string? type, NamedTypeNode? condition) =>
        condition is not null && _schema is not null && _schema.TryFind(condition.Name.Value, out var named) && named is ObjectType ? named.Name : type;

    private void Count(List<Member> members)
    {
        var types = members.Select(member => member.Type).OfType<string>().Distinct().ToList();
        if (types.Count == 0)
            Count(members.Select(member => member.Field));
        foreach (var type in types)
            Count(members.Where(member => member.Type is null || member.Type == type).Select(member => member.Field));
    }

    private void Count(IEnumerable<FieldNode> fields)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var aliases = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var field in fields)
        {
            if (!keys.Add(field.ResponseKey))
                continue;
            if (keys.Count > _limits.ResponseKeys)
            {
                _keys ??= StaticLimits.Exceeded(
                    "responseKeys", _limits.ResponseKeys, keys.Count, $"An object of the response has more than {_limits.ResponseKeys} keys.", field.At);
            }
            var name = field.Name.Value;
            if (field.ResponseKey == name)
                continue;
            aliases[name] = aliases.GetValueOrDefault(name) + 1;
            if (aliases[name] > _limits.Aliases)
            {
                _aliases ??= StaticLimits.Exceeded(
                    "aliases", _limits.Aliases, aliases[name], $"One object has the field \"{name}\" under more than {_limits.Aliases} aliases.", field.At);
            }
        }
    }

    private static IEnumerable<List<SelectionSetNode>> Below(List<Member> members)
    {
        foreach (var same in members.Where(member => member.Field.Selections is not null).GroupBy(member => member.Field.ResponseKey, StringComparer.Ordinal))
        {
            // Only where every selection is for a type of its own are these objects of different objects.
            var apart = same.All(member => member.Type is not null);
            foreach (var one in same.GroupBy(member => apart ? member.Type : null))
                yield return [.. one.Select(member => member.Field.Selections!)];
        }
    }

    /// <summary>A field of an object.</summary>
    /// <param name="Type">The only type that it is selected for; null: any.</param>
    private readonly record struct Member(string? Type, FieldNode Field);
}
