using System.Text.Json.Serialization;

namespace QualityIngest.Domain.Formats;

/// <summary>How the parties spoke.</summary>
public enum Channel
{
    /// <summary>A call.</summary>
    Voice,

    /// <summary>A chat.</summary>
    Chat,

    /// <summary>The source does not tell.</summary>
    Unknown,
}

/// <summary>What the source provides of a conversation.</summary>
public enum RecordingType
{
    /// <summary>One recording with a channel a party.</summary>
    Stereo,

    /// <summary>Two recordings, one a party.</summary>
    Mono,

    /// <summary>A voice transcript or a chat script.</summary>
    Transcription,

    /// <summary>One recording of both parties, and nobody says whether in a channel each (feeds).</summary>
    Recording,
}

/// <summary>A party of a mono conversation, which has a recording of its own.</summary>
public enum MonoSide
{
    /// <summary>The agent.</summary>
    Agent,

    /// <summary>The customer.</summary>
    Customer,
}

/// <summary>The row that brought one side of a mono pair, where another row brought the other.</summary>
/// <param name="Side">Whose side it brought.</param>
/// <param name="ConnectorId">The connector that read it.</param>
/// <param name="FileId">The file that holds it.</param>
/// <param name="FileKey">That file's key.</param>
/// <param name="Line">Its line in that file.</param>
public sealed record CounterpartRow(MonoSide Side, Guid ConnectorId, Guid FileId, string FileKey, long Line);

/// <summary>A column of a row that its format does not know.</summary>
/// <param name="Key">The column's header, as written.</param>
/// <param name="Value">What the row has there.</param>
public sealed record RowAttribute(string Key, string Value);

/// <summary>
/// One conversation as a parser read it: validated by itself, not yet set against mappings, agents or what is stored.
/// It is stored as JSON with the conversation's contents.
/// </summary>
public sealed record ParsedConversation
{
    /// <summary>The record's number: its 1-based physical line, or its place in the order of all records.</summary>
    public required long Line { get; init; }

    /// <summary>Where the record stands, in the files whose lines do not tell; else null.</summary>
    public FormatPlace? Place { get; init; }

    /// <summary>The source's own id: 1 to 50 characters in quality-csv, up to 200 elsewhere.</summary>
    public required string ExternalId { get; init; }

    /// <summary>The part of the identity that the agent gives; empty but for conversation-json.</summary>
    public string AgentPart { get; init; } = "";

    /// <summary>The source's queue id, to be mapped; null where the format knows none.</summary>
    public string? QueueId { get; init; }

    /// <summary>The agent's e-mail, folded to lower case.</summary>
    public string? AgentEmail { get; init; }

    /// <summary>The source's own id of the agent.</summary>
    public string? AgentId { get; init; }

    /// <summary>How the parties spoke.</summary>
    public required Channel Channel { get; init; }

    /// <summary>What the source provides.</summary>
    public required RecordingType RecordingType { get; init; }

    /// <summary>When it began, in UTC, to the microsecond.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended, in UTC, to the microsecond.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>The BCP 47 tag as given, <c>en</c> when absent.</summary>
    public string Language { get; init; } = "en";

    /// <summary>The tag's primary language, in lower case.</summary>
    public string LanguageBase { get; init; } = "en";

    /// <summary>Whether the source names no language, so that the language is an assumption.</summary>
    public bool LanguageAssumed { get; init; }

    /// <summary>Who transcribed it, as given.</summary>
    public string? AsrProvider { get; init; }

    /// <summary>The agent's sound channel, 0 or 1.</summary>
    public int AgentChannel { get; init; }

    /// <summary>The customer's sound channel, 0 or 1.</summary>
    public int CustomerChannel { get; init; } = 1;

    /// <summary>Where the transcript or chat script lies, as written in the row.</summary>
    public string? Transcript { get; init; }

    /// <summary>Where the recording of both parties lies; of one that a feed brought, its exact key.</summary>
    public string? Recording { get; init; }

    /// <summary>The version of a recording that a feed brought: no other is read. Null: whichever lies there.</summary>
    public string? RecordingEtag { get; init; }

    /// <summary>Where the agent's recording lies.</summary>
    public string? AgentRecording { get; init; }

    /// <summary>Where the customer's recording lies.</summary>
    public string? CustomerRecording { get; init; }

    /// <summary>The other row of a mono pair that two rows brought; null: this row is all.</summary>
    public CounterpartRow? Counterpart { get; init; }

    /// <summary>Columns that the format does not know, by their header, in their order.</summary>
    public IReadOnlyList<RowAttribute> Attributes { get; init; } = [];

    /// <summary>Codes of what was assumed or ignored, e.g. <c>channels_defaulted</c>.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Whether the matter was settled, where the source tells.</summary>
    public bool? IsResolved { get; init; }

    /// <summary>The customer's score, with the digits that the source wrote: from −1,000,000 to 1,000,000, at most 6 decimals.</summary>
    public decimal? CsatScore { get; init; }

    /// <summary>What was said, where the record holds it itself; stored apart.</summary>
    [JsonIgnore]
    public Transcripts.Transcript? Transcribed { get; init; }

    /// <summary>
    /// The members that have no place of their own, as the text of one JSON object on one line: as written and in their
    /// order, repeated ones too. Null where there are none. Stored apart, as <c>json</c>.
    /// </summary>
    [JsonIgnore]
    public string? Members { get; init; }

    /// <summary>The bytes that the record has in its file: what a batch of records is bounded by. 0 where records are small by rule.</summary>
    [JsonIgnore]
    public int SourceBytes { get; init; }

    /// <summary>SHA-256 of the row's content, lower-case hex: equal content, equal hash, wherever it stands.</summary>
    public required string ContentHash { get; init; }
}
