using System.Globalization;
using System.Text;
using QualityIngest.GraphQL.Language;

namespace QualityIngest.GraphQL.Tests.Language;

/// <summary>Writes a document so that it reads as the same nodes.</summary>
internal static class DocumentPrinter
{
    public static string Print(Document document) => string.Join("\n", document.Definitions.Select(Definition));

    private static string Definition(DefinitionNode definition) => definition switch
    {
        OperationNode operation =>
            $"{Keyword(operation.Kind)} {operation.Name?.Value}{Some("(", operation.Variables.Select(Variable), ")")}{Directives(operation.Directives)}{Selections(operation.Selections)}",
        FragmentNode fragment =>
            $"fragment {fragment.Name.Value} on {fragment.Condition.Name.Value}{Directives(fragment.Directives)}{Selections(fragment.Selections)}",
        _ => throw new ArgumentOutOfRangeException(nameof(definition)),
    };

    private static string Keyword(OperationKind kind) => kind switch
    {
        OperationKind.Query => "query",
        OperationKind.Mutation => "mutation",
        _ => "subscription",
    };

    private static string Variable(VariableNode variable) =>
        $"${variable.Variable.Name.Value}: {Type(variable.Type)}{(variable.Default is { } value ? $" = {Value(value)}" : "")}{Directives(variable.Directives)}";

    private static string Type(TypeNode type) => type switch
    {
        NonNullTypeNode nonNull => $"{Type(nonNull.Inner)}!",
        ListTypeNode list => $"[{Type(list.Item)}]",
        NamedTypeNode named => named.Name.Value,
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    private static string Selections(SelectionSetNode set) => $" {{ {string.Join(' ', set.Selections.Select(Selection))} }}";

    private static string Selection(SelectionNode selection) => selection switch
    {
        FieldNode field =>
            $"{(field.Alias is { } alias ? $"{alias.Value}: " : "")}{field.Name.Value}{Arguments(field.Arguments)}{Directives(field.Directives)}"
            + (field.Selections is { } set ? Selections(set) : ""),
        FragmentSpreadNode spread => $"...{spread.Name.Value}{Directives(spread.Directives)}",
        InlineFragmentNode inline =>
            $"...{(inline.Condition is { } condition ? $" on {condition.Name.Value}" : "")}{Directives(inline.Directives)}{Selections(inline.Selections)}",
        _ => throw new ArgumentOutOfRangeException(nameof(selection)),
    };

    private static string Directives(IEnumerable<DirectiveNode> directives) =>
        string.Concat(directives.Select(directive => $" @{directive.Name.Value}{Arguments(directive.Arguments)}"));

    private static string Arguments(IEnumerable<ArgumentNode> arguments) =>
        Some("(", arguments.Select(argument => $"{argument.Name.Value}: {Value(argument.Value)}"), ")");

    private static string Value(ValueNode value) => value switch
    {
        VariableReference variable => $"${variable.Name.Value}",
        IntValue number => number.Text,
        FloatValue number => number.Text,
        StringValue { Block: true } text => $"\"\"\"{text.Text.Replace("\"\"\"", "\\\"\"\"", StringComparison.Ordinal)}\n\"\"\"",
        StringValue text => $"\"{Escape(text.Text)}\"",
        BooleanValue boolean => boolean.Value ? "true" : "false",
        NullValue => "null",
        EnumValue word => word.Name,
        ListValue list => $"[{string.Join(", ", list.Items.Select(Value))}]",
        ObjectValue members => $"{{{string.Join(", ", members.Fields.Select(member => $"{member.Name.Value}: {Value(member.Value)}"))}}}",
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };

    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var unit in text)
        {
            if (unit is '"' or '\\')
                escaped.Append('\\').Append(unit);
            else if (unit < ' ' || char.IsSurrogate(unit))
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}");
            else
                escaped.Append(unit);
        }
        return escaped.ToString();
    }

    private static string Some(string open, IEnumerable<string> items, string close) =>
        string.Join(", ", items) is { Length: > 0 } joined ? $"{open}{joined}{close}" : "";
}
