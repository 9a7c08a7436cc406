using System.Text;

namespace QualityIngest.GraphQL.Types;

/// <summary>
/// A schema in the schema definition language, byte for byte as the reference implementation prints what it builds from
/// the schema's introspection: types in the schema's order, without those that the language itself defines.
/// </summary>
public static class SchemaPrinter
{
    /// <summary>The schema, without a line end at its end.</summary>
    public static string Print(Schema schema)
    {
        var parts = new List<string>();
        if (!string.IsNullOrEmpty(schema.Description) || schema.Query.Name != "Query")
            parts.Add($"{Description(schema.Description)}schema {{\n  query: {schema.Query.Name}\n}}");
        parts.AddRange(schema.Directives.Where(d => !SpecifiedDirectives.IsSpecified(d.Name)).Select(Directive));
        parts.AddRange(schema.Types.Values.Where(t => !Scalars.IsSpecified(t.Name) && !Introspection.IsOwn(t)).Select(Type));
        return string.Join("\n\n", parts);
    }

    private static string Type(NamedType type) => Description(type.Description) + type switch
    {
        ScalarType scalar => $"scalar {scalar.Name}{(scalar.SpecifiedBy is null ? "" : $" @specifiedBy(url: {TextLiteral.Quoted(scalar.SpecifiedBy)})")}",
        EnumType words => $"enum {words.Name}{Block(words.Members, m => m.Description, m => m.Name + Deprecation(m.Deprecation))}",
        InputType input => $"input {input.Name}{Block(input.Fields, f => f.Description, Input)}",
        ObjectType o => $"type {o.Name}{Interfaces(o)}{Fields(o.Fields)}",
        InterfaceType i => $"interface {i.Name}{Fields(i.Fields)}",
        _ => throw new InvalidOperationException($"{type.Name} is of no known kind."),
    };

    private static string Interfaces(ObjectType type) =>
        type.Interfaces.Count == 0 ? "" : $" implements {string.Join(" & ", type.Interfaces.Select(i => i.Name))}";

    private static string Fields(IReadOnlyList<FieldDefinition> fields) =>
        Block(fields, f => f.Description, f => $"{f.Name}{Arguments(f.Arguments, "  ")}: {f.Type}{Deprecation(f.Deprecation)}");

    private static string Directive(DirectiveDefinition directive) =>
        $"{Description(directive.Description)}directive @{directive.Name}{Arguments(directive.Arguments, "")}"
        + $"{(directive.Repeatable ? " repeatable" : "")} on {string.Join(" | ", directive.Locations)}";

    private static string Arguments(IReadOnlyList<InputDefinition> arguments, string indent)
    {
        if (arguments.Count == 0)
            return "";
        if (arguments.All(a => a.Description.Length == 0))
            return $"({string.Join(", ", arguments.Select(Input))})";
        return $"(\n{Lines(arguments, a => a.Description, Input, indent + "  ")}\n{indent})";
    }

    private static string Input(InputDefinition input)
    {
        var standIn = DefaultLiteral.Of(input);
        return $"{input.Name}: {input.Type}{(standIn is null ? "" : $" = {standIn}")}{Deprecation(input.Deprecation)}";
    }

    private static string Block<T>(IReadOnlyList<T> items, Func<T, string> description, Func<T, string> print) =>
        items.Count == 0 ? "" : $" {{\n{Lines(items, description, print, "  ")}\n}}";

    // Whatever has a description stands apart from what is before it.
    private static string Lines<T>(IReadOnlyList<T> items, Func<T, string> description, Func<T, string> print, string indent)
    {
        var lines = new StringBuilder();
        for (var i = 0; i < items.Count; i++)
        {
            var described = Description(description(items[i]), indent);
            lines.Append(i > 0 ? "\n" : "").Append(i > 0 && described.Length > 0 ? "\n" : "").Append(described).Append(indent).Append(print(items[i]));
        }
        return lines.ToString();
    }

    private static string Description(string? text, string indent = "") =>
        string.IsNullOrEmpty(text) ? "" : indent + TextLiteral.Description(text).Replace("\n", "\n" + indent, StringComparison.Ordinal) + "\n";

    private static string Deprecation(string? reason) => reason switch
    {
        null => "",
        SpecifiedDirectives.DefaultDeprecation => " @deprecated",
        _ => $" @deprecated(reason: {TextLiteral.Quoted(reason)})",
    };
}
