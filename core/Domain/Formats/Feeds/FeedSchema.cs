using System.Collections.Frozen;

namespace QualityIngest.Domain.Formats.Feeds;

/// <summary>What a column's values are.</summary>
public enum FeedType
{
    /// <summary>Text as it is.</summary>
    Text,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Bool,

    /// <summary>A whole number of 64 bits.</summary>
    Integer,

    /// <summary>A decimal number with a point, of at most 28 digits.</summary>
    Decimal,

    /// <summary>ISO 8601 with a zone.</summary>
    Timestamp,
}

/// <summary>One column of a feed.</summary>
/// <param name="Name">Its name, as headers and JSON members have it.</param>
/// <param name="Type">What its values are.</param>
/// <param name="Required">Whether every row needs a value.</param>
/// <param name="Longest">The most characters of a text; null: what a field may hold.</param>
public sealed record FeedColumn(string Name, FeedType Type, bool Required = false, int? Longest = null)
{
    /// <summary>Whether a number may be below zero.</summary>
    public bool Signed { get; init; } = true;

    /// <summary>Texts that mean that there is no value, quoted or not.</summary>
    public IReadOnlyList<string> Absent { get; init; } = [];
}

/// <summary>The columns of one kind of feed, in the order that files without a header have (<c>formats.md</c>, feeds).</summary>
public sealed class FeedSchema
{
    private const int LongestId = 200;

    private readonly FrozenDictionary<string, int> _byName;

    private FeedSchema(FeedKind kind, params FeedColumn[] columns)
    {
        (Kind, Columns) = (kind, columns);
        _byName = columns.Select((column, index) => KeyValuePair.Create(column.Name, index)).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Call center data.</summary>
    public static FeedSchema CallCenterIssues { get; } = new(
        FeedKind.CallCenterIssues,
        Id("customer_id", required: true),
        Id("conversation_id"),
        new("call_start", FeedType.Timestamp, Required: true),
        new("call_end", FeedType.Timestamp, Required: true),
        new("call_assigned_to_agent", FeedType.Timestamp),
        Text("customer_type"),
        Bool("survey_offered"),
        Bool("survey_taken"),
        Text("survey_answer"),
        Text("toll_free_number"),
        Text("ivr_intent"),
        Bool("ivr_resolved"),
        Bool("ivr_abandoned"),
        Text("agent_queue_assigned"),
        Seconds("time_in_queue"),
        Bool("queue_abandoned"),
        Seconds("call_handle_time"),
        Seconds("call_wrap_time"),
        Text("transfer") with { Absent = ["NA", "Null"] },
        Text("disposition_category"),
        Text("disposition_notes"),
        Text("transaction_completed"),
        new("caller_account_value", FeedType.Decimal));

    /// <summary>Messages of conversations of the past.</summary>
    public static FeedSchema HistoricalTranscripts { get; } = new(
        FeedKind.HistoricalTranscripts,
        Id("conversation_externalId", required: true),
        Id("sender_externalId", required: true),
        new("sender_role", FeedType.Text, Required: true),
        new("text", FeedType.Text, Required: true),
        new("timestamp", FeedType.Timestamp, Required: true));

    /// <summary>Sales and what they are attributed to.</summary>
    public static FeedSchema SalesMethodsAttribution { get; } = new(
        FeedKind.SalesMethodsAttribution,
        Id("transaction_id", required: true),
        new("transaction_time", FeedType.Timestamp, Required: true),
        new("transaction_value_one_time", FeedType.Decimal),
        new("transaction_value_recurring", FeedType.Decimal),
        Text("customer_category"),
        Text("customer_subcategory"),
        Id("external_customer_id"),
        Id("issue_id"),
        Id("external_session_id", required: true),
        Text("product_category"),
        Text("product_subcategory"),
        Text("product_name"),
        Id("product_id"),
        new("product_quantity", FeedType.Integer, Required: true),
        new("product_value_one_time", FeedType.Decimal),
        new("product_value_recurring", FeedType.Decimal));

    /// <summary>What it describes.</summary>
    public FeedKind Kind { get; }

    /// <summary>The columns, in their order.</summary>
    public IReadOnlyList<FeedColumn> Columns { get; }

    /// <summary>The schema of a kind.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Recordings have no rows.</exception>
    public static FeedSchema Of(FeedKind kind) => kind switch
    {
        FeedKind.CallCenterIssues => CallCenterIssues,
        FeedKind.HistoricalTranscripts => HistoricalTranscripts,
        FeedKind.SalesMethodsAttribution => SalesMethodsAttribution,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Recordings have no rows."),
    };

    /// <summary>The column of a name, whatever its case; -1 where there is none.</summary>
    public int IndexOf(string name) => _byName.GetValueOrDefault(name, -1);

    private static FeedColumn Id(string name, bool required = false) => new(name, FeedType.Text, required, LongestId);

    private static FeedColumn Text(string name) => new(name, FeedType.Text);

    private static FeedColumn Bool(string name) => new(name, FeedType.Bool);

    private static FeedColumn Seconds(string name) => new(name, FeedType.Integer) { Signed = false };
}
