namespace QualityIngest.GraphQL.Planning;

/// <summary>How statements are laid out, so that people can read them.</summary>
internal static class SqlLayout
{
    /// <summary>A call: its arguments on lines of their own, where there are several.</summary>
    public static string Call(string function, IReadOnlyList<string> arguments) =>
        arguments.Count == 0 ? $"{function}()" : $"{function}(\n{Indent(string.Join(",\n", arguments))}\n)";

    /// <summary>A subquery in parentheses.</summary>
    public static string Subquery(string query) => $"(\n{Indent(query)}\n)";

    /// <summary>Two blanks before every line.</summary>
    public static string Indent(string text) => "  " + text.Replace("\n", "\n  ", StringComparison.Ordinal);

    /// <summary>Conditions that all hold, as a where clause on a line of its own; nothing where there are none.</summary>
    public static string Where(IEnumerable<string> conditions)
    {
        var text = string.Join(" and ", conditions);
        return text.Length == 0 ? "" : $"\nwhere {text}";
    }
}
