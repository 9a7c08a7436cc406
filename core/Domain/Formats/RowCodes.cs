namespace QualityIngest.Domain.Formats;

/// <summary>What a file or a row is refused for. Each code is explained in <c>docs/errors.md</c>.</summary>
public static class RowCodes
{
    /// <summary>The file has no header.</summary>
    public const string EmptyFile = "empty_file";

    /// <summary>The header lacks columns that every row needs.</summary>
    public const string MissingColumns = "missing_columns";

    /// <summary>Two columns have the same name, or two names of the same field.</summary>
    public const string DuplicateColumn = "duplicate_column";

    /// <summary>The header has more columns than a file may have.</summary>
    public const string TooManyColumns = "too_many_columns";

    /// <summary>A quote opens and never closes.</summary>
    public const string QuoteNotClosed = "quote_not_closed";

    /// <summary>Bytes that are not UTF-8.</summary>
    public const string InvalidUtf8 = "invalid_utf8";

    /// <summary>A control character other than tab and line ends.</summary>
    public const string ControlCharacter = "control_character";

    /// <summary>A field is larger than a field may be.</summary>
    public const string FieldTooLarge = "field_too_large";

    /// <summary>A record is larger than a record may be.</summary>
    public const string RecordTooLarge = "record_too_large";

    /// <summary>A quote inside an unquoted field, or text behind a closing quote.</summary>
    public const string MalformedQuotes = "malformed_quotes";

    /// <summary>The row has more or fewer fields than the header.</summary>
    public const string FieldCount = "field_count";

    /// <summary>A required value is absent.</summary>
    public const string MissingValue = "missing_value";

    /// <summary>A value has more characters than it may have.</summary>
    public const string TooLong = "too_long";

    /// <summary>Not an e-mail address.</summary>
    public const string EmailInvalid = "email_invalid";

    /// <summary>Not a date and time, or an impossible one.</summary>
    public const string TimestampInvalid = "timestamp_invalid";

    /// <summary>A date and time without a zone.</summary>
    public const string TimestampWithoutZone = "timestamp_without_zone";

    /// <summary>The end is not after the start.</summary>
    public const string EndNotAfterStart = "end_not_after_start";

    /// <summary>Neither voice nor chat.</summary>
    public const string ChannelTypeInvalid = "channel_type_invalid";

    /// <summary>None of stereo, mono, transcription.</summary>
    public const string RecordingTypeInvalid = "recording_type_invalid";

    /// <summary>A chat that is not a transcription.</summary>
    public const string RecordingTypeNotAllowed = "recording_type_not_allowed";

    /// <summary>A row of the channel that the path is not for.</summary>
    public const string WrongChannel = "wrong_channel";

    /// <summary>Not a language tag.</summary>
    public const string LanguageInvalid = "language_invalid";

    /// <summary>Two names of the transcript that differ.</summary>
    public const string LocatorConflict = "locator_conflict";

    /// <summary>A list where one locator belongs.</summary>
    public const string LocatorList = "locator_list";

    /// <summary>One recording for both parties of a mono conversation.</summary>
    public const string MixedMono = "mixed_mono";

    /// <summary>The row of one party of a mono conversation says otherwise than the row of the other.</summary>
    public const string CounterpartConflict = "counterpart_conflict";

    /// <summary>A sound channel that is neither 0 nor 1.</summary>
    public const string ChannelInvalid = "channel_invalid";

    /// <summary>The same sound channel for both parties.</summary>
    public const string ChannelsEqual = "channels_equal";

    /// <summary>Not JSON.</summary>
    public const string JsonInvalid = "json_invalid";

    /// <summary>JSON that ends too early.</summary>
    public const string JsonTruncated = "json_truncated";

    /// <summary>JSON with more than 64 levels.</summary>
    public const string JsonTooDeep = "json_too_deep";

    /// <summary>A text holds an escape that stands for half a character.</summary>
    public const string EscapeInvalid = "escape_invalid";

    /// <summary>A value of another type than the format has there.</summary>
    public const string WrongType = "wrong_type";

    /// <summary>The same member twice where one of them would be lost.</summary>
    public const string DuplicateMember = "duplicate_member";

    /// <summary>A number beyond what it can be.</summary>
    public const string OutOfRange = "out_of_range";

    /// <summary>A message is of nobody that is known.</summary>
    public const string RoleInvalid = "role_invalid";

    /// <summary>A message says that it belongs to another conversation.</summary>
    public const string ConversationMismatch = "conversation_mismatch";

    /// <summary>A conversation without messages.</summary>
    public const string NoMessages = "no_messages";

    /// <summary>The end is before the start.</summary>
    public const string EndBeforeStart = "end_before_start";

    /// <summary>A record has more faults than are told.</summary>
    public const string TooManyFaults = "too_many_faults";

    /// <summary>A row that is sound, but of a kind that is not processed.</summary>
    public const string NotSupportedYet = "not_supported_yet";
}

/// <summary>What was assumed or ignored about a row that is accepted. Each is explained in <c>docs/errors.md</c>.</summary>
public static class RowWarnings
{
    /// <summary>Sound channels were assumed.</summary>
    public const string ChannelsDefaulted = "channels_defaulted";

    /// <summary>A chat script beside a recording was ignored.</summary>
    public const string ChatScriptIgnored = "chat_script_ignored";

    /// <summary>A transcript that the recording type has no use for was ignored.</summary>
    public const string TranscriptIgnored = "transcript_ignored";

    /// <summary>A recording that the recording type has no use for was ignored.</summary>
    public const string RecordingIgnored = "recording_ignored";

    /// <summary>The start and the end are the same moment.</summary>
    public const string ZeroDuration = "zero_duration";
}
