namespace QualityIngest.Domain.Formats.Feeds;

/// <summary>What a feed's file or row is refused for, beside <see cref="RowCodes"/>. Each code is explained in <c>docs/errors.md</c>.</summary>
public static class FeedCodes
{
    /// <summary>The key does not follow the feeds' convention.</summary>
    public const string KeyInvalid = "feed_key_invalid";

    /// <summary>A version of the convention that is not known.</summary>
    public const string VersionUnknown = "feed_version_unknown";

    /// <summary>A format that is not known.</summary>
    public const string FormatUnknown = "feed_format_unknown";

    /// <summary>A day, hour or minute that is none.</summary>
    public const string DateInvalid = "feed_date_invalid";

    /// <summary>A feed whose name does not say what it holds.</summary>
    public const string KindUnknown = "feed_kind_unknown";

    /// <summary>Recordings, where rows are asked for.</summary>
    public const string NoRows = "feed_has_no_rows";

    /// <summary>Among recordings, a file that is none.</summary>
    public const string NotARecording = "not_a_recording";

    /// <summary>A sealed batch that is to be imported again, and whose files are no longer what its marker sealed.</summary>
    public const string SealedFilesGone = "sealed_files_gone";

    /// <summary>Neither true nor false.</summary>
    public const string BoolInvalid = "bool_invalid";

    /// <summary>Not a whole number, or too large.</summary>
    public const string IntegerInvalid = "integer_invalid";

    /// <summary>Not a decimal number with a point, or too long.</summary>
    public const string DecimalInvalid = "decimal_invalid";

    /// <summary>A number that may not be negative.</summary>
    public const string NegativeNumber = "negative_number";

    /// <summary>A JSON value that is no text, number, bool or null where one belongs.</summary>
    public const string ValueInvalid = "value_invalid";

    /// <summary>The line is no JSON object.</summary>
    public const string LineInvalid = "line_invalid";

    /// <summary>A message of a conversation that is larger than one may be.</summary>
    public const string ConversationTooLarge = "conversation_too_large";
}

/// <summary>What was noticed about a feed's row that is accepted. Each is explained in <c>docs/errors.md</c>.</summary>
public static class FeedWarnings
{
    /// <summary>A row of another UTC day than its batch's.</summary>
    public const string OutsideDate = "outside_date";

    /// <summary>A sale with neither a conversation nor a customer.</summary>
    public const string Unattributed = "unattributed";

    /// <summary>A call record or sale whose conversation cannot be told: several bear the external id that it names.</summary>
    public const string AmbiguousConversation = "ambiguous_conversation";
}
