using System.Text;
using QualityIngest.GraphQL.Language;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Validation;

/// <summary>Arguments as a text that is the same exactly where they mean the same: the order of arguments and members is no meaning.</summary>
internal static class ArgumentText
{
    public static string Of(IReadOnlyList<ArgumentNode> arguments)
    {
        if (arguments.Count == 0)
            return "";
        var text = new StringBuilder();
        foreach (var argument in arguments.OrderBy(a => a.Name.Value, StringComparer.Ordinal))
            Append(text.Append(argument.Name.Value).Append(':'), argument.Value);
        return text.ToString();
    }

    private static void Append(StringBuilder text, ValueNode value)
    {
        switch (value)
        {
            case VariableReference variable:
                text.Append('$').Append(variable.Name.Value);
                break;
            case IntValue whole:
                text.Append(whole.Text);
                break;
            case FloatValue number:
                text.Append(number.Text);
                break;
            case StringValue written:
                text.Append(written.Block ? "\"\"" : "").Append(TextLiteral.Quoted(written.Text));
                break;
            case BooleanValue yes:
                text.Append(yes.Value ? "true" : "false");
                break;
            case NullValue:
                text.Append("null");
                break;
            case EnumValue word:
                text.Append(word.Name);
                break;
            case ListValue list:
                text.Append('[');
                foreach (var item in list.Items)
                    Append(text, item);
                text.Append(']');
                break;
            case ObjectValue members:
                text.Append('{');
                foreach (var member in members.Fields.OrderBy(f => f.Name.Value, StringComparer.Ordinal))
                    Append(text.Append(member.Name.Value).Append(':'), member.Value);
                text.Append('}');
                break;
        }
        text.Append(',');
    }
}
