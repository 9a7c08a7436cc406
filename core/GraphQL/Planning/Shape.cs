using System.Text;
using QualityIngest.GraphQL.Language;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Planning;

/// <summary>
/// What of an operation's variables a plan depends on: which are given, which are null, which members objects have, how many
/// items lists of objects have, what Booleans say, and the words of enums that become SQL. All other values are parameters.
/// </summary>
internal sealed class Shape
{
    private readonly IReadOnlyList<(string Name, TypeReference Type)> _variables;
    private readonly IReadOnlySet<string> _structural;

    /// <summary>The shapes of an operation's variables.</summary>
    /// <param name="schema">The schema that the operation is valid in.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="structural">The names of the enums whose words become SQL.</param>
    public Shape(Schema schema, OperationNode operation, IReadOnlySet<string> structural)
    {
        _structural = structural;
        _variables = [.. operation.Variables.Select(v => (v.Variable.Name.Value, Resolve(schema, v.Type)))];
    }

    /// <summary>The shape of some values: equal for requests that one plan serves.</summary>
    public string Of(IReadOnlyDictionary<string, object?> values)
    {
        if (_variables.Count == 0)
            return "";
        var shape = new StringBuilder();
        foreach (var (name, type) in _variables)
        {
            if (values.TryGetValue(name, out var value))
                Write(shape, value, type);
            else
                shape.Append('-');
        }
        return shape.ToString();
    }

    private void Write(StringBuilder shape, object? value, TypeReference type)
    {
        switch (value, type.Unwrapped())
        {
            case (null, _):
                shape.Append('n');
                break;
            case (bool yes, _):
                shape.Append(yes ? 't' : 'f');
                break;
            case (IReadOnlyDictionary<string, object?> members, NamedReference { Type: InputType input }):
                shape.Append('{');
                foreach (var field in input.Fields)
                {
                    if (members.TryGetValue(field.Name, out var member))
                    {
                        shape.Append(field.Name).Append(':');
                        Write(shape, member, field.Type);
                    }
                }
                shape.Append('}');
                break;
            case (IReadOnlyList<object?> items, ListReference list) when list.Named is InputType || IsStructural(list.Named):
                shape.Append('[');
                foreach (var item in items)
                    Write(shape, item, list.Item);
                shape.Append(']');
                break;
            case (EnumMember word, var leaf) when IsStructural(leaf.Named):
                shape.Append(word.Name).Append(',');
                break;
            default:
                shape.Append('v');
                break;
        }
    }

    private bool IsStructural(NamedType type) => type is EnumType && _structural.Contains(type.Name);

    private static TypeReference Resolve(Schema schema, TypeNode node) => node switch
    {
        NonNullTypeNode required => new NonNullReference(Resolve(schema, required.Inner)),
        ListTypeNode list => new ListReference(Resolve(schema, list.Item)),
        NamedTypeNode named => schema.Types[named.Name.Value].Nullable(),
        _ => throw new InvalidOperationException($"A {node.GetType().Name} is no type."),
    };
}
