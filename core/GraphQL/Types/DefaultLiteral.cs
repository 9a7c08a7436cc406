using System.Globalization;
using QualityIngest.GraphQL.Language;

namespace QualityIngest.GraphQL.Types;

/// <summary>
/// Defaults as introspection and the printed schema show them: not as they were written but as they are understood,
/// so single values of lists are lists, and members of input objects stand in their order with their own defaults.
/// </summary>
internal static class DefaultLiteral
{
    /// <summary>The default as a literal; null: there is none.</summary>
    public static string? Of(InputDefinition input) => input.Default is null ? null : Print(input.Default, input.Type);

    private static string Print(ValueNode value, TypeReference type) => (value, type) switch
    {
        (_, NonNullReference required) => Print(value, required.Inner),
        (NullValue, _) => "null",
        (ListValue list, ListReference of) => $"[{string.Join(", ", list.Items.Select(i => Print(i, of.Item)))}]",
        (_, ListReference of) => $"[{Print(value, of.Item)}]",
        (ObjectValue members, NamedReference { Type: InputType input }) => Members(members, input),
        (EnumValue word, _) => word.Name,
        (BooleanValue yes, _) => yes.Value ? "true" : "false",
        (StringValue text, _) => Text(text.Text, type.Named),
        (IntValue whole, _) => whole.Text,
        (FloatValue number, _) => Number(number.Text),
        _ => throw new InvalidOperationException($"A default of {type} cannot be a {value.GetType().Name}."),
    };

    private static string Members(ObjectValue value, InputType type)
    {
        var given = value.Fields.ToDictionary(f => f.Name.Value, f => f.Value);
        var members =
            from field in type.Fields
            let member = given.GetValueOrDefault(field.Name) ?? field.Default
            where member is not null
            select $"{field.Name}: {Print(member, field.Type)}";
        return $"{{{string.Join(", ", members)}}}";
    }

    // An ID of digits alone is printed as the number that it could have been written as.
    private static string Text(string text, NamedType type) =>
        type is ScalarType { Kind: ScalarKind.Id } && IsWhole(text) ? text : TextLiteral.Quoted(text);

    private static bool IsWhole(string text)
    {
        var digits = text.StartsWith('-') ? text.AsSpan(1) : text;
        return digits.Length > 0 && digits.IndexOfAnyExceptInRange('0', '9') < 0 && (digits[0] != '0' || digits.Length == 1);
    }

    // As JavaScript writes numbers: with an exponent only far from zero and very near to it.
    private static string Number(string text)
    {
        var value = double.Parse(text, CultureInfo.InvariantCulture);
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        return value == 0 || Math.Abs(value) is >= 1e-6 and < 1e21
            ? decimal.Parse(shortest, NumberStyles.Float, CultureInfo.InvariantCulture).ToString("0.############################", CultureInfo.InvariantCulture)
            : shortest.Replace("E", "e", StringComparison.Ordinal).Replace("e-0", "e-", StringComparison.Ordinal);
    }
}
