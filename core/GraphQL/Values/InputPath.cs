namespace QualityIngest.GraphQL.Values;

/// <summary>A place within a variable or argument, like <c>$filter.and[0].status</c>; made text only for messages.</summary>
internal sealed class InputPath
{
    private const int Shown = 12;

    private readonly InputPath? _parent;
    private readonly string? _name;
    private readonly int _index;

    private InputPath(InputPath? parent, string? name, int index) => (_parent, _name, _index) = (parent, name, index);

    /// <summary>A whole variable.</summary>
    public static InputPath Variable(string name) => new(null, $"Variable \"${name}\"", 0);

    /// <summary>A whole argument.</summary>
    public static InputPath Argument(string name) => new(null, $"Argument \"{name}\"", 0);

    /// <summary>The variable or argument that the place is in.</summary>
    public string Root => _parent?.Root ?? _name!;

    /// <summary>A member of the input object here.</summary>
    public InputPath Member(string name) => new(this, name, 0);

    /// <summary>An item of the list here.</summary>
    public InputPath Item(int index) => new(this, null, index);

    /// <inheritdoc/>
    public override string ToString()
    {
        var steps = new List<string>();
        for (var step = this; step._parent is not null; step = step._parent)
            steps.Add(step._name is null ? $"[{step._index}]" : step._parent._parent is null ? step._name : $".{step._name}");
        if (steps.Count == 0)
            return Root;
        steps.Reverse();
        var shown = steps.Count <= Shown ? string.Concat(steps) : string.Concat(steps.Take(Shown)) + "…";
        return $"{Root} at \"{shown}\"";
    }
}
