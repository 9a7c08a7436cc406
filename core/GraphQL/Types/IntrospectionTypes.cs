using QualityIngest.GraphQL.Language;

namespace QualityIngest.GraphQL.Types;

/// <summary>The types with which a schema tells of itself; every schema has them.</summary>
internal static class IntrospectionTypes
{
    private static readonly InputDefinition s_includeDeprecated = new(
        "includeDeprecated", "", Scalars.Boolean.Nullable(), new BooleanValue(default, false));

    /// <summary>What <c>__schema</c> answers.</summary>
    public static ObjectType Schema { get; } = new("__Schema", "What this server can be asked: its types, its directives, and where operations start.");

    /// <summary>What <c>__type</c> answers.</summary>
    public static ObjectType Type { get; } = new(
        "__Type",
        "A type, of any kind. Its `kind` tells which of its members are there: scalars have a `specifiedByURL`, objects and interfaces have `fields`, interfaces have `possibleTypes`, enums have `enumValues`, input objects have `inputFields`, lists and non-nulls have an `ofType`.");

    /// <summary>A field.</summary>
    public static ObjectType Field { get; } = new("__Field", "A field of an object or interface.");

    /// <summary>An argument or a member of an input object.</summary>
    public static ObjectType InputValue { get; } = new("__InputValue", "An argument of a field or directive, or a member of an input object.");

    /// <summary>A word of an enum.</summary>
    public static ObjectType EnumValue { get; } = new("__EnumValue", "A word of an enum.");

    /// <summary>A directive.</summary>
    public static ObjectType Directive { get; } = new("__Directive", "A directive that documents may use.");

    /// <summary>The kinds of types.</summary>
    public static EnumType TypeKind { get; } = new("__TypeKind", "The kinds of types.", [
        Word("SCALAR", "A leaf."),
        Word("OBJECT", "An object; `fields` and `interfaces` are there."),
        Word("INTERFACE", "An interface; `fields`, `interfaces` and `possibleTypes` are there."),
        Word("UNION", "A union; `possibleTypes` are there."),
        Word("ENUM", "An enum; `enumValues` are there."),
        Word("INPUT_OBJECT", "An input object; `inputFields` are there."),
        Word("LIST", "A list; `ofType` tells of what."),
        Word("NON_NULL", "Never null; `ofType` tells what."),
    ]);

    /// <summary>Where directives may stand.</summary>
    public static EnumType DirectiveLocation { get; } = new("__DirectiveLocation", "Where a directive may stand.", [
        Word("QUERY", "At a query."),
        Word("MUTATION", "At a mutation."),
        Word("SUBSCRIPTION", "At a subscription."),
        Word("FIELD", "At a field."),
        Word("FRAGMENT_DEFINITION", "At the definition of a fragment."),
        Word("FRAGMENT_SPREAD", "At the spread of a fragment."),
        Word("INLINE_FRAGMENT", "At an inline fragment."),
        Word("VARIABLE_DEFINITION", "At the definition of a variable."),
        Word("SCHEMA", "At a schema."),
        Word("SCALAR", "At a scalar."),
        Word("OBJECT", "At an object type."),
        Word("FIELD_DEFINITION", "At the definition of a field."),
        Word("ARGUMENT_DEFINITION", "At the definition of an argument."),
        Word("INTERFACE", "At an interface."),
        Word("UNION", "At a union."),
        Word("ENUM", "At an enum."),
        Word("ENUM_VALUE", "At a word of an enum."),
        Word("INPUT_OBJECT", "At an input object."),
        Word("INPUT_FIELD_DEFINITION", "At a member of an input object."),
        Word("DIRECTIVE_DEFINITION", "At the definition of a directive."),
    ]);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<NamedType> All { get; } = Fill();

    /// <summary><c>__schema</c>, a field of the query type.</summary>
    public static FieldDefinition SchemaField { get; } = new("__schema", "What this server can be asked.", Schema.Required(), []);

    /// <summary><c>__type</c>, a field of the query type.</summary>
    public static FieldDefinition TypeField { get; } = new(
        "__type", "One type, by its name.", Type.Nullable(), [new("name", "", Scalars.String.Required())]);

    /// <summary><c>__typename</c>, a field of every object and interface.</summary>
    public static FieldDefinition TypeNameField { get; } = new("__typename", "The name of the object's type.", Scalars.String.Required(), []);

    private static EnumMember Word(string name, string description) => new(name, description, name);

    private static FieldDefinition Of(string name, string description, TypeReference type, params InputDefinition[] arguments) =>
        new(name, description, type, arguments);

    private static List<NamedType> Fill()
    {
        var text = Scalars.String.Nullable();
        var requiredText = Scalars.String.Required();
        var yesOrNo = Scalars.Boolean.Required();
        Schema.Fields = [
            Of("description", "", text),
            Of("types", "All types.", Type.RequiredListOf()),
            Of("queryType", "The type that queries start at.", Type.Required()),
            Of("mutationType", "The type that mutations start at, if there are any.", Type.Nullable()),
            Of("subscriptionType", "The type that subscriptions start at, if there are any.", Type.Nullable()),
            Of("directives", "All directives.", Directive.RequiredListOf(),
                s_includeDeprecated with { Type = Scalars.Boolean.Required() }),
        ];
        Directive.Fields = [
            Of("name", "", requiredText),
            Of("description", "", text),
            Of("isRepeatable", "", yesOrNo),
            Of("locations", "", DirectiveLocation.RequiredListOf()),
            Of("args", "", InputValue.RequiredListOf(), s_includeDeprecated),
            Of("isDeprecated", "", yesOrNo),
            Of("deprecationReason", "", text),
        ];
        Type.Fields = [
            Of("kind", "", TypeKind.Required()),
            Of("name", "", text),
            Of("description", "", text),
            Of("specifiedByURL", "", text),
            Of("fields", "", Field.ListOf(), s_includeDeprecated),
            Of("interfaces", "", Type.ListOf()),
            Of("possibleTypes", "", Type.ListOf()),
            Of("enumValues", "", EnumValue.ListOf(), s_includeDeprecated),
            Of("inputFields", "", InputValue.ListOf(), s_includeDeprecated),
            Of("ofType", "", Type.Nullable()),
            Of("isOneOf", "", Scalars.Boolean.Nullable()),
        ];
        Field.Fields = [
            Of("name", "", requiredText),
            Of("description", "", text),
            Of("args", "", InputValue.RequiredListOf(), s_includeDeprecated),
            Of("type", "", Type.Required()),
            Of("isDeprecated", "", yesOrNo),
            Of("deprecationReason", "", text),
        ];
        InputValue.Fields = [
            Of("name", "", requiredText),
            Of("description", "", text),
            Of("type", "", Type.Required()),
            Of("defaultValue", "The value that stands in where none is given, as a literal.", text),
            Of("isDeprecated", "", yesOrNo),
            Of("deprecationReason", "", text),
        ];
        EnumValue.Fields = [
            Of("name", "", requiredText),
            Of("description", "", text),
            Of("isDeprecated", "", yesOrNo),
            Of("deprecationReason", "", text),
        ];
        return [Schema, Directive, DirectiveLocation, Type, Field, InputValue, EnumValue, TypeKind];
    }
}
