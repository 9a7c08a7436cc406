namespace QualityIngest.GraphQL.Validation;

/// <summary>A set of fields, equal to another of the same fields; what is asked of it counts too.</summary>
internal sealed class FieldSet : IEquatable<FieldSet>
{
    private readonly int[] _ids;
    private readonly bool _shapeOnly;
    private readonly int _hash;

    public FieldSet(List<SelectedField> fields, bool shapeOnly)
    {
        _ids = [.. fields.Select(f => f.Id)];
        Array.Sort(_ids);
        _shapeOnly = shapeOnly;
        var hash = new HashCode();
        foreach (var id in _ids)
            hash.Add(id);
        hash.Add(shapeOnly);
        _hash = hash.ToHashCode();
    }

    public bool Equals(FieldSet? other) => other is not null && _shapeOnly == other._shapeOnly && _ids.AsSpan().SequenceEqual(other._ids);

    public override bool Equals(object? obj) => Equals(obj as FieldSet);

    public override int GetHashCode() => _hash;
}
