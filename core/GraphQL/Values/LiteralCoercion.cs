using QualityIngest.GraphQL.Language;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Values;

/// <summary>The values of literals in a valid document, in which variables may stand.</summary>
/// <param name="variables">The operation's variables, as coerced.</param>
/// <param name="input">Where errors go.</param>
internal sealed class LiteralCoercion(IReadOnlyDictionary<string, object?> variables, InputErrors input)
{
    /// <summary>The value of an argument; false: it is absent, or refused with an error.</summary>
    public bool Argument(InputDefinition definition, IReadOnlyList<ArgumentNode> given, out object? value)
    {
        var path = InputPath.Argument(definition.Name);
        var argument = given.FirstOrDefault(a => a.Name.Value == definition.Name);
        if (argument is not null && !IsAbsent(argument.Value))
            return TryLiteral(argument.Value, definition.Type, path, 0, out value);
        if (definition.Default is not null)
            return TryLiteral(definition.Default, definition.Type, path, 0, out value);
        value = null;
        if (definition.Type is NonNullReference)
            input.Refuse(argument?.At ?? default, $"{path} is required: its type is {definition.Type}.");
        return false;
    }

    /// <summary>The value of a literal; false: it is refused with an error.</summary>
    public bool TryLiteral(ValueNode literal, TypeReference type, InputPath path, int depth, out object? value)
    {
        value = null;
        if (!input.Count(literal.At, path, depth))
            return false;
        if (literal is VariableReference variable)
            return TryVariable(variable, type, path, out value);
        if (literal is NullValue)
        {
            if (type is not NonNullReference)
                return true;
            input.Refuse(literal.At, $"{path} must not be null: its type is {type}.");
            return false;
        }
        return type.Unwrapped() switch
        {
            ListReference list => TryList(literal, list.Item, path, depth, out value),
            NamedReference { Type: InputType of } => TryObject(literal, of, path, depth, out value),
            var leaf => TryLeaf(literal, leaf.Named, path, out value),
        };
    }

    private bool IsAbsent(ValueNode literal) => literal is VariableReference variable && !variables.ContainsKey(variable.Name.Value);

    // A valid document puts variables only where their types fit, but for null: a nullable one with a default may be given null.
    private bool TryVariable(VariableReference variable, TypeReference type, InputPath path, out object? value)
    {
        variables.TryGetValue(variable.Name.Value, out value);
        if (value is not null || type is not NonNullReference)
            return true;
        input.Refuse(variable.At, $"{path} must not be null: its type is {type}, and the variable \"${variable.Name.Value}\" is null.");
        return false;
    }

    private bool TryList(ValueNode literal, TypeReference item, InputPath path, int depth, out object? value)
    {
        value = null;
        if (literal is not ListValue list)
        {
            if (!TryLiteral(literal, item, path, depth + 1, out var single))
                return false;
            value = new List<object?> { single };
            return true;
        }
        var items = new List<object?>(list.Items.Count);
        var whole = true;
        for (var i = 0; i < list.Items.Count && !input.Done; i++)
        {
            whole &= TryLiteral(list.Items[i], item, path.Item(i), depth + 1, out var one);
            items.Add(one);
        }
        value = items;
        return whole && !input.Done;
    }

    private bool TryObject(ValueNode literal, InputType type, InputPath path, int depth, out object? value)
    {
        value = null;
        if (literal is not ObjectValue given)
        {
            input.Refuse(literal.At, $"{path} is no {type.Name}: an object is expected.");
            return false;
        }
        if (!input.CountObject(literal.At, path))
            return false;
        var whole = KnowsAll(given, type, path);
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var field in type.Fields)
        {
            var member = given.Fields.FirstOrDefault(f => f.Name.Value == field.Name)?.Value;
            var written = member is null || IsAbsent(member) ? field.Default : member;
            if (written is not null)
            {
                if (TryLiteral(written, field.Type, path.Member(field.Name), depth + 1, out var one))
                    members.Add(field.Name, one);
                else
                    whole = false;
            }
            else if (field.Type is NonNullReference)
            {
                input.Refuse(literal.At, $"{path} lacks the member \"{field.Name}\", which is required: its type is {field.Type}.");
                whole = false;
            }
        }
        value = members;
        return whole && !input.Done;
    }

    private bool KnowsAll(ObjectValue given, InputType type, InputPath path)
    {
        var whole = true;
        foreach (var field in given.Fields)
        {
            var name = field.Name.Value;
            if (type.Fields.Any(f => f.Name == name))
                continue;
            input.Refuse(field.At, $"{path} has a member \"{name}\" that {type.Name} does not know.{Suggestions.For(name, type.Fields.Select(f => f.Name))}");
            whole = false;
        }
        return whole;
    }

    private bool TryLeaf(ValueNode literal, NamedType type, InputPath path, out object? value)
    {
        if (Leaves.TryLiteral(type, literal, out value) && Leaves.IsStorable(value!))
            return true;
        input.Refuse(literal.At, $"{path} is no {type.Name}: {Leaves.Form(type)} is expected.");
        return false;
    }
}
