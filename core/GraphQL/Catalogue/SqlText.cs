using System.Text.RegularExpressions;

namespace QualityIngest.GraphQL.Catalogue;

/// <summary>
/// SQL of a declaration, with places for what is known only in a statement: <c>{t}.name</c> a column of the row,
/// <c>{p}.name</c> a column of the row that it belongs to, <c>{value}</c> what the caller gave. A bare name is a column.
/// </summary>
internal sealed partial class SqlText
{
    private readonly IReadOnlyList<Part> _parts;

    private SqlText(string source, IReadOnlyList<Part> parts) => (Source, _parts) = (source, parts);

    /// <summary>As declared.</summary>
    public string Source { get; }

    /// <summary>The column, where the whole is one column of the row.</summary>
    public string? Column => _parts is [{ Place: Place.Row } only] ? only.Text : null;

    /// <summary>Whether a caller's value stands in it.</summary>
    public bool TakesValue => _parts.Any(p => p.Place == Place.Value);

    /// <summary>Reads a declaration.</summary>
    /// <exception cref="ArgumentException">A brace opens no place that there is.</exception>
    public static SqlText Of(string source)
    {
        if (BareName().IsMatch(source))
            return new(source, [new(Place.Row, source)]);
        var parts = new List<Part>();
        var at = 0;
        foreach (Match match in Places().Matches(source))
        {
            Plain(source[at..match.Index]);
            parts.Add(match.Groups["value"].Success ? new(Place.Value, "")
                : new(match.Groups["alias"].Value == "t" ? Place.Row : Place.Parent, match.Groups["column"].Value));
            at = match.Index + match.Length;
        }
        Plain(source[at..]);
        return new(source, parts);

        void Plain(string text)
        {
            if (text.AsSpan().IndexOfAny('{', '}') >= 0)
                throw new ArgumentException($"'{source}': only {{t}}.column, {{p}}.column and {{value}} may stand in braces.", nameof(source));
            if (text.Length > 0)
                parts.Add(new(Place.Text, text));
        }
    }

    /// <summary>The SQL, with its places filled.</summary>
    /// <param name="row">Names a column of the row.</param>
    /// <param name="parent">Names a column of the row that it belongs to.</param>
    /// <param name="value">The caller's value, as a parameter.</param>
    public string Fill(Func<string, string> row, Func<string, string>? parent = null, string? value = null) =>
        string.Concat(_parts.Select(part => part.Place switch
        {
            Place.Row => row(part.Text),
            Place.Parent => (parent ?? throw new InvalidOperationException($"'{Source}' stands where there is no parent row."))(part.Text),
            Place.Value => value ?? throw new InvalidOperationException($"'{Source}' stands where there is no value."),
            _ => part.Text,
        }));

    [GeneratedRegex("^[a-z_][a-z0-9_]*$")]
    private static partial Regex BareName();

    [GeneratedRegex(@"\{(?<alias>[tp])\}\.(?<column>[a-z_][a-z0-9_]*)|\{(?<value>value)\}")]
    private static partial Regex Places();

    private enum Place
    {
        Text,
        Row,
        Parent,
        Value,
    }

    private sealed record Part(Place Place, string Text);
}
