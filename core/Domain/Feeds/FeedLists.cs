using QualityIngest.Domain.Formats.Feeds;

namespace QualityIngest.Domain.Feeds;

/// <summary>Takes the columns apart for which the connector names a delimiter.</summary>
internal sealed class FeedLists
{
    private readonly List<(string Name, int Column, string Delimiter)> _columns = [];

    public FeedLists(FeedSchema schema, IReadOnlyDictionary<string, string> delimiters)
    {
        foreach (var (name, delimiter) in delimiters)
        {
            if (schema.IndexOf(name) is >= 0 and var column)
                _columns.Add((schema.Columns[column].Name, column, delimiter));
        }
    }

    /// <summary>
    /// One JSON object of the columns' names and the texts between their delimiters, without the white space around them and
    /// without empty ones; null where no such column has a value.
    /// </summary>
    public string? Of(IReadOnlyList<object?> values)
    {
        Dictionary<string, string[]>? lists = null;
        foreach (var (name, column, delimiter) in _columns)
        {
            if (values[column] is string text)
                (lists ??= [])[name] = text.Split(delimiter, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        }

        return lists is null ? null : DomainJson.Write(lists);
    }
}
