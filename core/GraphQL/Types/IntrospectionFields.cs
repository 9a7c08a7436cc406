namespace QualityIngest.GraphQL.Types;

/// <summary>
/// What the fields of introspection answer. Types are given as references, fields, inputs, words and directives as their
/// definitions; lists are of these, leaves are texts and booleans.
/// </summary>
internal static class IntrospectionFields
{
    /// <summary>The value of a field of an object that the schema tells of itself with.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="source">The object.</param>
    /// <param name="field">The field's name.</param>
    /// <param name="deprecated">Whether lists hold what is deprecated.</param>
    public static object? Value(Schema schema, object source, string field, bool deprecated) => source switch
    {
        Schema => OfSchema(schema, field),
        TypeReference type => OfType(type, field, deprecated),
        FieldDefinition f => field switch
        {
            "args" => Inputs(f.Arguments, deprecated),
            "type" => f.Type,
            _ => OfNamed(f.Name, f.Description, f.Deprecation, field),
        },
        InputDefinition i => field switch
        {
            "type" => i.Type,
            "defaultValue" => DefaultLiteral.Of(i),
            _ => OfNamed(i.Name, i.Description, i.Deprecation, field),
        },
        EnumMember m => OfNamed(m.Name, m.Description, m.Deprecation, field),
        DirectiveDefinition d => field switch
        {
            "isRepeatable" => d.Repeatable,
            "locations" => d.Locations,
            "args" => Inputs(d.Arguments, deprecated),
            _ => OfNamed(d.Name, d.Description, null, field),
        },
        _ => throw new InvalidOperationException($"A schema does not tell of itself with a {source.GetType().Name}."),
    };

    private static object? OfSchema(Schema schema, string field) => field switch
    {
        "description" => Text(schema.Description),
        "types" => schema.Types.Values.Select(References.Nullable),
        "queryType" => schema.Query.Nullable(),
        "directives" => schema.Directives,
        _ => null,
    };

    private static object? OfType(TypeReference reference, string field, bool deprecated)
    {
        if (reference is not NamedReference { Type: var type })
        {
            return field switch
            {
                "kind" => reference is ListReference ? "LIST" : "NON_NULL",
                "ofType" => reference is ListReference list ? list.Item : reference.Unwrapped(),
                _ => null,
            };
        }
        return (field, type) switch
        {
            ("kind", _) => Kind(type),
            ("name", _) => type.Name,
            ("description", _) => Text(type.Description),
            ("specifiedByURL", ScalarType scalar) => scalar.SpecifiedBy,
            ("fields", ObjectType or InterfaceType) => type.FieldsOf().Where(f => deprecated || f.Deprecation is null),
            ("interfaces", ObjectType o) => o.Interfaces.Select(References.Nullable),
            ("interfaces", InterfaceType) => Array.Empty<TypeReference>(),
            ("possibleTypes", InterfaceType i) => i.Implementations.Select(References.Nullable),
            ("enumValues", EnumType words) => words.Members.Where(m => deprecated || m.Deprecation is null),
            ("inputFields", InputType input) => Inputs(input.Fields, deprecated),
            ("isOneOf", InputType) => false,
            _ => null,
        };
    }

    private static string Kind(NamedType type) => type switch
    {
        ScalarType => "SCALAR",
        EnumType => "ENUM",
        ObjectType => "OBJECT",
        InterfaceType => "INTERFACE",
        _ => "INPUT_OBJECT",
    };

    private static object? OfNamed(string name, string description, string? deprecation, string field) => field switch
    {
        "name" => name,
        "description" => Text(description),
        "isDeprecated" => deprecation is not null,
        "deprecationReason" => deprecation,
        _ => null,
    };

    private static IEnumerable<InputDefinition> Inputs(IReadOnlyList<InputDefinition> inputs, bool deprecated) =>
        inputs.Where(i => deprecated || i.Deprecation is null);

    private static string? Text(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
