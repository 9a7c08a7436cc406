using QualityIngest.Domain.Feeds;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Formats.Feeds;

namespace QualityIngest.Domain.Connectors;

/// <summary>Checks what a connector of feeds is told, and that a connector of another format is told nothing of them.</summary>
internal static class FeedSettingsCheck
{
    private const int MaxKinds = 100;
    private const int MaxName = 200;
    private const int MaxDelimiter = 5;

    /// <summary>Columns whose values may be lists: texts that are no ids, of rows that are kept as they are.</summary>
    private static readonly IReadOnlyList<(FeedKind Kind, string Name)> Splittable =
    [
        .. new[] { FeedSchema.CallCenterIssues, FeedSchema.SalesMethodsAttribution }
            .SelectMany(schema => schema.Columns, (schema, column) => (schema.Kind, Column: column))
            .Where(c => c.Column is { Type: FeedType.Text, Longest: null })
            .Select(c => (c.Kind, c.Column.Name)),
    ];

    /// <summary>The settings as they are stored, or null where the format is another.</summary>
    public static FeedSettings? Check(Fields fields, ConnectorInput input)
    {
        if (input.Format != FormatNames.Feeds)
        {
            if (input.Feeds is not null)
                fields.Refuse("/feeds", "not_of_this_format", $"A connector of {input.Format} reads no feeds.");
            return null;
        }

        if (input.DefaultAgentEmail is not null)
            fields.Refuse("/defaultAgentEmail", "not_of_this_format", "What feeds bring is never held for its agent.");
        if (input.DefaultQueue is not null)
            fields.Refuse("/defaultQueue", "not_of_this_format", "What feeds bring has no queue.");
        if (input.RevisionPolicy != RevisionPolicy.Revise)
            fields.Refuse("/revisionPolicy", "not_of_this_format", "What a batch of a feed says replaces what it said before: the policy can only be revise.");

        var feeds = input.Feeds ?? new();
        CheckKinds(fields, feeds);
        return feeds with { Delimiters = Delimiters(fields, feeds) };
    }

    private static void CheckKinds(Fields fields, FeedSettings feeds)
    {
        if (feeds.Kinds.Count > MaxKinds)
            fields.Refuse("/feeds/kinds", "too_many", $"At most {MaxKinds} feeds can be named.");
        if (feeds.FixedKind is not null && feeds.Kinds.Count > 0)
            fields.Refuse("/feeds/kinds", "kind_fixed", "The connector reads one kind, whatever its feeds are called: leave this empty, or fixedKind absent.");
        foreach (var (name, kind) in feeds.Kinds)
        {
            if (name.Length is 0 or > MaxName || name.Contains('/', StringComparison.Ordinal) || name.Any(char.IsControl))
                fields.Refuse(
                    Pointer("/feeds/kinds", name), "invalid_feed_name", $"A feed's name is one folder: 1 to {MaxName} characters, no slash, no control characters.");
            else if (FeedKinds.TryFind(name, out var named) && named != kind)
                fields.Refuse(
                    Pointer("/feeds/kinds", name), "feed_name_taken", $"A feed of this name holds {DomainJson.Word(named)}; a connector may be fixed to another kind by fixedKind.");
        }
    }

    /// <summary>The delimiters under their columns' own names.</summary>
    private static Dictionary<string, string> Delimiters(Fields fields, FeedSettings feeds)
    {
        var checkedOnes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, delimiter) in feeds.Delimiters)
        {
            var pointer = Pointer("/feeds/delimiters", name);
            var column = Splittable.FirstOrDefault(c => c.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (column.Name is null)
                fields.Refuse(pointer, "unknown_column", "This is no column of a feed whose text may hold several values.");
            else if (feeds.FixedKind is { } only && column.Kind != only)
                fields.Refuse(pointer, "unknown_column", $"This is a column of {DomainJson.Word(column.Kind)}, which the connector does not read.");
            else if (!checkedOnes.TryAdd(column.Name, delimiter))
                fields.Refuse(pointer, "duplicate", "This column stands here twice, in other letters.");
            if (delimiter is null or { Length: 0 or > MaxDelimiter } || delimiter.Any(c => char.IsControl(c) && c != '\t'))
                fields.Refuse(pointer, "invalid_delimiter", $"A delimiter has 1 to {MaxDelimiter} characters, none of them a control character but the tab.");
        }

        return checkedOnes;
    }

    /// <summary>A member's JSON pointer.</summary>
    private static string Pointer(string parent, string name) =>
        $"{parent}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
}
