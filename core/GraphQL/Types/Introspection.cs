using QualityIngest.GraphQL.Language;

namespace QualityIngest.GraphQL.Types;

/// <summary>What a schema tells of itself: the types and fields for it, and the answers.</summary>
public static class Introspection
{
    /// <summary>The name of the limit that bounds answers.</summary>
    internal const string Limit = "responseBytes";

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

    /// <summary>The JSON of <c>__schema</c>, <c>__type</c> or <c>__typename</c> of the query type.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="document">A valid document within the static limits: the size of its selections after fragments are spread is theirs to bound.</param>
    /// <param name="fields">The fields that share one key of the response; they are merged.</param>
    /// <param name="variables">The operation's variables, as coerced.</param>
    /// <param name="maxBytes">Bytes of the JSON at most.</param>
    /// <param name="errors">Where errors go; the answer is empty then.</param>
    /// <param name="told">Bytes of these that other answers of the same response have taken.</param>
    public static ReadOnlyMemory<byte> Answer(
        Schema schema, Document document, IReadOnlyList<FieldNode> fields, IReadOnlyDictionary<string, object?> variables,
        long maxBytes, ICollection<GraphQLError> errors, long told = 0)
    {
        var before = errors.Count;
        var root = new IntrospectionSelector(schema, document, variables, errors).Select(schema.Query, fields);
        if (errors.Count > before)
            return default;
        object? value = root.Field.Name switch
        {
            "__schema" => schema,
            "__type" => root.Arguments["name"] is string name && schema.TryFind(name, out var type) ? type.Nullable() : null,
            _ => schema.Query.Name,
        };
        if (IntrospectionAnswer.Write(schema, root, value, maxBytes - told) is { } json)
            return json;
        errors.Add(new GraphQLError(ErrorCodes.LimitExceeded, $"With {root.Key} the answer is larger than {maxBytes} bytes.", [fields[0].At])
        {
            Limit = new ExceededLimit(Limit, maxBytes, maxBytes + 1),
        });
        return default;
    }
}
