using System.Text.Json;
using QualityIngest.GraphQL.Language;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Verdicts;

/// <summary>Makes a schema from what one tells of itself, in the form of the reference implementation's full introspection.</summary>
internal sealed class SchemaReader
{
    private readonly Dictionary<string, NamedType> _types = [];

    /// <summary>The schema of a file.</summary>
    public static Schema Read(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        return new SchemaReader().Schema(json.RootElement.GetProperty("__schema"));
    }

    private Schema Schema(JsonElement schema)
    {
        var described = schema.GetProperty("types").EnumerateArray().Where(t => !Text(t, "name")!.StartsWith("__", StringComparison.Ordinal)).ToList();
        foreach (var type in described)
            _types.Add(Text(type, "name")!, Begin(type));
        foreach (var type in described)
            Fill(_types[Text(type, "name")!], type);
        var directives = schema.GetProperty("directives").EnumerateArray().Select(d => new DirectiveDefinition(
            Text(d, "name")!, Text(d, "description") ?? "", Inputs(d, "args"), [.. d.GetProperty("locations").EnumerateArray().Select(l => l.GetString()!)],
            d.GetProperty("isRepeatable").GetBoolean()));
        var query = (ObjectType)_types[Text(schema.GetProperty("queryType"), "name")!];
        return new Schema(query, _types.Values, [.. directives], Text(schema, "description"));
    }

    private static NamedType Begin(JsonElement type)
    {
        var (name, description) = (Text(type, "name")!, Text(type, "description") ?? "");
        return Text(type, "kind") switch
        {
            "SCALAR" => Scalar(name, description) with { SpecifiedBy = Text(type, "specifiedByURL") },
            "ENUM" => new EnumType(name, description, [.. type.GetProperty("enumValues").EnumerateArray().Select(m =>
                new EnumMember(Text(m, "name")!, Text(m, "description") ?? "", Text(m, "name")!, Text(m, "deprecationReason")))]),
            "OBJECT" => new ObjectType(name, description),
            "INTERFACE" => new InterfaceType(name, description),
            "INPUT_OBJECT" => new InputType(name, description),
            var kind => throw new NotSupportedException($"{name} is a {kind}."),
        };
    }

    private static ScalarType Scalar(string name, string description) => new(name, description, name switch
    {
        "ID" => ScalarKind.Id,
        "UUID" => ScalarKind.Uuid,
        "JSON" => ScalarKind.Json,
        _ => Enum.Parse<ScalarKind>(name),
    });

    private void Fill(NamedType type, JsonElement json)
    {
        switch (type)
        {
            case ObjectType o:
                o.Interfaces = [.. json.GetProperty("interfaces").EnumerateArray().Select(i => (InterfaceType)_types[Text(i, "name")!])];
                o.Fields = Fields(json);
                break;
            case InterfaceType i:
                i.Implementations = [.. json.GetProperty("possibleTypes").EnumerateArray().Select(p => (ObjectType)_types[Text(p, "name")!])];
                i.Fields = Fields(json);
                break;
            case InputType input:
                input.Fields = Inputs(json, "inputFields");
                break;
        }
    }

    private List<FieldDefinition> Fields(JsonElement type) => [.. type.GetProperty("fields").EnumerateArray().Select(f => new FieldDefinition(
        Text(f, "name")!, Text(f, "description") ?? "", Reference(f.GetProperty("type")), Inputs(f, "args"), Deprecation: Text(f, "deprecationReason")))];

    private List<InputDefinition> Inputs(JsonElement owner, string member) => [.. owner.GetProperty(member).EnumerateArray().Select(i => new InputDefinition(
        Text(i, "name")!, Text(i, "description") ?? "", Reference(i.GetProperty("type")), Literal(Text(i, "defaultValue")),
        Deprecation: Text(i, "deprecationReason")))];

    private TypeReference Reference(JsonElement type) => Text(type, "kind") switch
    {
        "LIST" => new ListReference(Reference(type.GetProperty("ofType"))),
        "NON_NULL" => new NonNullReference(Reference(type.GetProperty("ofType"))),
        _ => new NamedReference(_types[Text(type, "name")!]),
    };

    private static ValueNode? Literal(string? text) => text is null
        ? null
        : ((FieldNode)Parser.Parse($"{{ f(a: {text}) }}").Document!.Operations.Single().Selections.Selections[0]).Arguments[0].Value;

    private static string? Text(JsonElement owner, string member) => owner.GetProperty(member).GetString();
}
