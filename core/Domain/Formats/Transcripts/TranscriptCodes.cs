namespace QualityIngest.Domain.Formats.Transcripts;

/// <summary>What a transcript is refused for. Each code is explained in <c>docs/errors.md</c>.</summary>
public static class TranscriptCodes
{
    /// <summary>The document is larger than it may be.</summary>
    public const string FileTooLarge = "file_too_large";

    /// <summary>Bytes that are not UTF-8.</summary>
    public const string InvalidUtf8 = "invalid_utf8";

    /// <summary>Not JSON.</summary>
    public const string JsonInvalid = "json_invalid";

    /// <summary>JSON that ends too early.</summary>
    public const string JsonTruncated = "json_truncated";

    /// <summary>JSON with more than 64 levels.</summary>
    public const string JsonTooDeep = "json_too_deep";

    /// <summary>No document, or a chat without a message.</summary>
    public const string EmptyTranscript = "empty_transcript";

    /// <summary>A value of another type than the format has there.</summary>
    public const string WrongType = "wrong_type";

    /// <summary>A required member is absent.</summary>
    public const string MissingMember = "missing_member";

    /// <summary>The same member twice where one of them would be lost.</summary>
    public const string DuplicateMember = "duplicate_member";

    /// <summary>A chat message's key is no number.</summary>
    public const string MessageKeyInvalid = "message_key_invalid";

    /// <summary>None of AGENT, USER, SYSTEM.</summary>
    public const string SpeakerTypeInvalid = "speaker_type_invalid";

    /// <summary>A number or a time beyond what it can be.</summary>
    public const string OutOfRange = "out_of_range";

    /// <summary>A control character in a text.</summary>
    public const string ControlCharacter = "control_character";

    /// <summary>An escape that stands for half a character.</summary>
    public const string EscapeInvalid = "escape_invalid";
}

/// <summary>What was assumed or ignored about a transcript that is used. Each is explained in <c>docs/errors.md</c>.</summary>
public static class TranscriptWarnings
{
    /// <summary>Nothing was said, or nothing was recognised.</summary>
    public const string NoUtterances = "no_utterances";

    /// <summary>The recogniser gave no text for some phrases.</summary>
    public const string PhrasesSkipped = "phrases_skipped";

    /// <summary>Something was said more than a second before the start or behind the end.</summary>
    public const string OutsideConversation = "outside_conversation";

    /// <summary>A confidence outside 0 to 1 was left out.</summary>
    public const string ConfidenceIgnored = "confidence_ignored";
}
