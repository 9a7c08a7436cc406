namespace QualityIngest.GraphQL.Types;

/// <summary>A field of introspection as a document selects it: fragments spread, fields of one key merged, conditions decided.</summary>
/// <param name="Key">The key that the response has it under.</param>
/// <param name="Parent">The type of the object that it is of.</param>
/// <param name="Field">The field.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Children">What is selected of the objects that it answers, in the response's order.</param>
internal sealed record IntrospectionSelection(
    string Key, NamedType Parent, FieldDefinition Field, IReadOnlyDictionary<string, object?> Arguments, IReadOnlyList<IntrospectionSelection> Children)
{
    /// <summary>Whether lists hold what is deprecated.</summary>
    public bool Deprecated => Arguments.GetValueOrDefault("includeDeprecated") is true;
}
