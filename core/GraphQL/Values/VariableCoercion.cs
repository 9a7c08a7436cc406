using System.Text.Json;
using QualityIngest.GraphQL.Language;
using QualityIngest.GraphQL.Limits;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Values;

/// <summary>The values of an operation's variables, from JSON.</summary>
internal sealed class VariableCoercion
{
    private static readonly Dictionary<string, object?> s_none = [];

    private readonly Schema _schema;
    private readonly OperationNode _operation;
    private readonly List<GraphQLError> _errors = [];
    private readonly InputErrors _input;
    private readonly LiteralCoercion _literals;

    public VariableCoercion(Schema schema, OperationNode operation, GraphQLLimits limits)
    {
        _schema = schema;
        _operation = operation;
        _input = new InputErrors(_errors, limits);
        _literals = new LiteralCoercion(s_none, _input);
    }

    public CoercedVariables Of(JsonElement? variables)
    {
        var given = variables is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } json ? json : default;
        if (given.ValueKind is not (JsonValueKind.Object or JsonValueKind.Undefined))
            return new CoercedVariables(s_none, [new GraphQLError(ErrorCodes.BadUserInput, "The variables are no JSON object.", [])]);
        if (_operation.Variables.Count == 0)
            return new CoercedVariables(s_none, []);

        var members = given.ValueKind == JsonValueKind.Object ? Wanted(given) : [];
        var values = new Dictionary<string, object?>(_operation.Variables.Count, StringComparer.Ordinal);
        foreach (var variable in _operation.Variables)
        {
            if (!_input.Done && TryValue(variable, members, out var value))
                values[variable.Variable.Name.Value] = value;
        }
        return _errors.Count == 0 ? new CoercedVariables(values, []) : new CoercedVariables(s_none, _errors);
    }

    private Dictionary<string, JsonElement> Wanted(JsonElement given) =>
        JsonText.Members(given, int.MaxValue, [.. _operation.Variables.Select(v => v.Variable.Name.Value)]);

    private bool TryValue(VariableNode variable, Dictionary<string, JsonElement> given, out object? value)
    {
        value = null;
        var name = variable.Variable.Name.Value;
        var path = InputPath.Variable(name);
        if (!_schema.TryResolve(variable.Type, out var type) || !type.Named.IsInput())
        {
            _input.Refuse(variable.At, $"{path} has a type that is no input.");
            return false;
        }
        if (given.TryGetValue(name, out var json))
            return TryJson(json, type, path, variable.At, 0, out value);
        if (variable.Default is not null)
            return _literals.TryLiteral(variable.Default, type, path, 0, out value);
        if (type is NonNullReference)
            _input.Refuse(variable.At, $"{path} is required: its type is {type}.");
        return false;
    }

    private bool TryJson(JsonElement json, TypeReference type, InputPath path, Location at, int depth, out object? value)
    {
        value = null;
        if (!_input.Count(at, path, depth))
            return false;
        if (json.ValueKind == JsonValueKind.Null)
        {
            if (type is not NonNullReference)
                return true;
            _input.Refuse(at, $"{path} must not be null: its type is {type}.");
            return false;
        }
        return type.Unwrapped() switch
        {
            ListReference list => TryList(json, list.Item, path, at, depth, out value),
            NamedReference { Type: InputType input } => TryObject(json, input, path, at, depth, out value),
            var leaf => TryLeaf(json, leaf.Named, path, at, out value),
        };
    }

    private bool TryList(JsonElement json, TypeReference item, InputPath path, Location at, int depth, out object? value)
    {
        value = null;
        if (json.ValueKind != JsonValueKind.Array)
        {
            if (!TryJson(json, item, path, at, depth + 1, out var single))
                return false;
            value = new List<object?> { single };
            return true;
        }
        var items = new List<object?>();
        var whole = true;
        var index = 0;
        foreach (var element in json.EnumerateArray())
        {
            if (_input.Done)
                return false;
            whole &= TryJson(element, item, path.Item(index++), at, depth + 1, out var one);
            items.Add(one);
        }
        value = items;
        return whole;
    }

    private bool TryObject(JsonElement json, InputType type, InputPath path, Location at, int depth, out object? value)
    {
        value = null;
        if (json.ValueKind != JsonValueKind.Object)
        {
            _input.Refuse(at, $"{path} is no {type.Name}: an object is expected.");
            return false;
        }
        if (!_input.CountObject(at, path))
            return false;
        var given = JsonText.Members(json, _input.Left + 1);
        var whole = KnowsAll(given.Keys, type, path, at, depth);
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var field in type.Fields)
        {
            if (_input.Done)
                return false;
            object? member = null;
            if (given.TryGetValue(field.Name, out var written))
            {
                if (TryJson(written, field.Type, path.Member(field.Name), at, depth + 1, out member))
                    members.Add(field.Name, member);
                else
                    whole = false;
            }
            else if (field.Default is not null)
            {
                _literals.TryLiteral(field.Default, field.Type, path.Member(field.Name), depth + 1, out member);
                members.Add(field.Name, member);
            }
            else if (field.Type is NonNullReference)
            {
                _input.Refuse(at, $"{path} lacks the member \"{field.Name}\", which is required: its type is {field.Type}.");
                whole = false;
            }
        }
        value = members;
        return whole;
    }

    private bool KnowsAll(IEnumerable<string> given, InputType type, InputPath path, Location at, int depth)
    {
        var whole = true;
        foreach (var name in given.Where(name => !type.Fields.Any(f => f.Name == name)))
        {
            if (_input.Count(at, path, depth + 1))
                _input.Refuse(at, $"{path} has a member \"{JsonText.Short(name)}\" that {type.Name} does not know.{Suggestions.For(name, type.Fields.Select(f => f.Name))}");
            whole = false;
        }
        return whole;
    }

    private bool TryLeaf(JsonElement json, NamedType type, InputPath path, Location at, out object? value)
    {
        if (Leaves.TryJson(type, json, out value) && Leaves.IsStorable(value!))
            return true;
        _input.Refuse(at, $"{path} is no {type.Name}: {Leaves.Form(type)} is expected.");
        return false;
    }
}
