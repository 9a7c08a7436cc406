using System.Diagnostics.CodeAnalysis;
using QualityIngest.GraphQL.Language;

namespace QualityIngest.GraphQL.Types;

/// <summary>Short forms of types as they stand at fields and arguments.</summary>
public static class References
{
    /// <summary>The type or null.</summary>
    public static TypeReference Nullable(this NamedType type) => new NamedReference(type);

    /// <summary>The type, never null.</summary>
    public static TypeReference Required(this NamedType type) => new NonNullReference(new NamedReference(type));

    /// <summary>A list of the type, or null; its items are never null.</summary>
    public static TypeReference ListOf(this NamedType type) => new ListReference(type.Required());

    /// <summary>A list of the type, never null, and its items neither.</summary>
    public static TypeReference RequiredListOf(this NamedType type) => new NonNullReference(type.ListOf());

    /// <summary>The reference without its outermost non-null.</summary>
    internal static TypeReference Unwrapped(this TypeReference type) => type is NonNullReference required ? required.Inner : type;

    /// <summary>Whether values must be given: null is refused and nothing stands in.</summary>
    internal static bool IsRequired(this InputDefinition input) => input.Type is NonNullReference && input.Default is null;

    /// <summary>Whether values can stand in variables and arguments.</summary>
    internal static bool IsInput(this NamedType type) => type is ScalarType or EnumType or InputType;

    /// <summary>Whether there are fields to select.</summary>
    internal static bool IsComposite(this NamedType type) => type is ObjectType or InterfaceType;

    /// <summary>The type that a document has written; false: the schema has no type of its name.</summary>
    internal static bool TryResolve(this Schema schema, TypeNode written, [NotNullWhen(true)] out TypeReference? type)
    {
        type = written switch
        {
            NamedTypeNode named when schema.TryFind(named.Name.Value, out var found) => found.Nullable(),
            ListTypeNode list when schema.TryResolve(list.Item, out var item) => new ListReference(item),
            NonNullTypeNode required when schema.TryResolve(required.Inner, out var inner) => new NonNullReference(inner),
            _ => null,
        };
        return type is not null;
    }

    /// <summary>The fields of an object or interface; of anything else none.</summary>
    internal static IReadOnlyList<FieldDefinition> FieldsOf(this NamedType? type) => type switch
    {
        ObjectType o => o.Fields,
        InterfaceType i => i.Fields,
        _ => [],
    };
}
