namespace QualityIngest.GraphQL.Types;

/// <summary>What a schema tells of itself: the types and fields for it, and the answers.</summary>
public static class Introspection
{
    /// <summary><c>__schema</c>, a field of the query type.</summary>
    public static FieldDefinition SchemaField => IntrospectionTypes.SchemaField;

    /// <summary><c>__type(name:)</c>, a field of the query type.</summary>
    public static FieldDefinition TypeField => IntrospectionTypes.TypeField;

    /// <summary><c>__typename</c>, a field of every object and interface.</summary>
    public static FieldDefinition TypeNameField => IntrospectionTypes.TypeNameField;

    /// <summary>Whether the type is one that every schema has to tell of itself.</summary>
    public static bool IsOwn(NamedType type) => type.Name.StartsWith("__", StringComparison.Ordinal);

    /// <summary>The field of a name on a type, those of introspection too; null: there is none.</summary>
    /// <param name="schema">The schema; its query type has <c>__schema</c> and <c>__type</c>.</param>
    /// <param name="type">The object or interface.</param>
    /// <param name="name">The field's name.</param>
    public static FieldDefinition? Find(Schema schema, NamedType type, string name) => name switch
    {
        "__typename" when type.IsComposite() => TypeNameField,
        "__schema" when type.Name == schema.Query.Name => SchemaField,
        "__type" when type.Name == schema.Query.Name => TypeField,
        _ => type.FieldsOf().FirstOrDefault(f => f.Name == name),
    };
}
