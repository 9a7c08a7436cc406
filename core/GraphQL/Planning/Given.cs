using QualityIngest.GraphQL.Language;

namespace QualityIngest.GraphQL.Planning;

/// <summary>
/// A value of an argument, or a part of one: as it is in the request that is planned, and where the same part is found in
/// another request of the same shape. A plan may depend on the shape alone, never on the value.
/// </summary>
internal sealed class Given
{
    private readonly ValueNode? _written;
    private readonly string? _variable;
    private readonly object[] _path;

    private Given(object? value, ValueNode? written, string? variable, object[] path, Location at) =>
        (Value, _written, _variable, _path, At) = (value, written, variable, path, at);

    /// <summary>The value in the request that is planned.</summary>
    public object? Value { get; }

    /// <summary>Where it stands in the document, or what it stands in.</summary>
    public Location At { get; }

    /// <summary>Whether there is none.</summary>
    public bool IsNull => Value is null;

    /// <summary>A value as coerced and as written; where a variable was not given, a default stands for it.</summary>
    public static Given Of(object? value, ValueNode? written, IReadOnlyDictionary<string, object?> variables, Location at) =>
        written is VariableReference { Name.Value: var name } && variables.ContainsKey(name)
            ? new(value, null, name, [], written.At)
            : new(value, written, null, [], written?.At ?? at);

    /// <summary>A member of an input object; null: it was not given.</summary>
    public Given? Member(string name, IReadOnlyDictionary<string, object?> variables)
    {
        if (!((IReadOnlyDictionary<string, object?>)Value!).TryGetValue(name, out var value))
            return null;
        if (_variable is not null)
            return new(value, null, _variable, [.. _path, name], At);
        var written = (_written as ObjectValue)?.Fields.FirstOrDefault(f => f.Name.Value == name)?.Value;
        return Of(value, written, variables, At);
    }

    /// <summary>The items of a list.</summary>
    public IReadOnlyList<Given> Items(IReadOnlyDictionary<string, object?> variables)
    {
        var values = (IReadOnlyList<object?>)Value!;
        return [.. values.Select((value, i) =>
            _variable is not null ? new Given(value, null, _variable, [.. _path, i], At)
            : Of(value, _written is ListValue list ? list.Items[i] : _written, variables, At))];
    }

    /// <summary>Where requests of this shape have the value.</summary>
    public ValueSource Source(IReadOnlyDictionary<string, object?> variables)
    {
        if (_variable is not null)
            return new VariableSource(_variable, _path);
        return _written is ListValue list && list.Items.Any(i => i is VariableReference)
            ? new ItemsSource([.. Items(variables).Select(i => i.Source(variables))])
            : new ConstantSource(Value);
    }
}

/// <summary>Where a value is found in a request.</summary>
internal abstract record ValueSource
{
    /// <summary>The value among a request's coerced variables.</summary>
    public abstract object? In(IReadOnlyDictionary<string, object?> variables);
}

/// <summary>Written in the document.</summary>
internal sealed record ConstantSource(object? Value) : ValueSource
{
    /// <inheritdoc/>
    public override object? In(IReadOnlyDictionary<string, object?> variables) => Value;
}

/// <summary>In a variable, or within it.</summary>
internal sealed record VariableSource(string Name, IReadOnlyList<object> Path) : ValueSource
{
    /// <inheritdoc/>
    public override object? In(IReadOnlyDictionary<string, object?> variables)
    {
        var value = variables[Name];
        foreach (var step in Path)
        {
            value = step is int index
                ? ((IReadOnlyList<object?>)value!)[index]
                : ((IReadOnlyDictionary<string, object?>)value!)[(string)step];
        }
        return value;
    }
}

/// <summary>A written list, of items that may be variables.</summary>
internal sealed record ItemsSource(IReadOnlyList<ValueSource> Items) : ValueSource
{
    /// <inheritdoc/>
    public override object? In(IReadOnlyDictionary<string, object?> variables) => Items.Select(i => i.In(variables)).ToList();
}
