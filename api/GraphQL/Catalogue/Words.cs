using QualityIngest.GraphQL.Catalogue;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.Api.GraphQL.Catalogue;

/// <summary>The closed sets of words, as checks of the tables have them.</summary>
public sealed class Words(CatalogueBuilder c)
{
    /// <summary>Where a conversation stands. The hidden ones have no word.</summary>
    public EnumType ConversationStatus { get; } = c.Enum(
        "ConversationStatus", "Where a conversation stands.",
        ("held", "Stored, waiting for what `holds` names."),
        ("processing", "Its material is being fetched and measured."),
        ("completed", "Whole."),
        ("failed", "Its material cannot be read; `errorCode` says why."));

    /// <summary>What a held conversation waits for.</summary>
    public EnumType HoldReason { get; } = c.Enum(
        "HoldReason", "What a held conversation waits for.",
        ("counterpart", "The other recording of its pair."),
        ("queue", "A mapping of its queue."),
        ("agent", "An agent of its e-mail or external id, or a default agent."));

    /// <summary>How the parties spoke.</summary>
    public EnumType Channel { get; } = c.Enum(
        "Channel", "How the parties spoke.", ("voice", "By telephone."), ("chat", "In writing."), ("unknown", "The source does not tell."));

    /// <summary>What the source provides.</summary>
    public EnumType RecordingType { get; } = c.Enum(
        "RecordingType", "What the source provides of a conversation.",
        ("stereo", "One recording, a channel for each party."),
        ("mono", "Two recordings, one for each party."),
        ("transcription", "A transcript, and no sound."),
        ("recording", "One recording of both parties, that does not say whether each has a channel."));

    /// <summary>How much can be told.</summary>
    public EnumType AnalyticsLevel { get; } = c.Enum(
        "AnalyticsLevel", "How much can be told of a conversation, by what its source provides.",
        ("full", "From a recording with a channel for each party."),
        ("enhanced", "From two recordings, one for each party."),
        ("text", "From a transcript of a call."),
        ("full_text", "From what was written."));

    /// <summary>Who spoke.</summary>
    public EnumType SpeakerRole { get; } = c.Enum(
        "SpeakerRole", "Who spoke.",
        ("agent", "The company's human agent."),
        ("customer", "The customer."),
        ("bot", "An automated agent."),
        ("system", "Neither: notices of the platform."),
        ("unknown", "The source cannot tell."));

    /// <summary>What files hold.</summary>
    public EnumType Format { get; } = c.Enum(
        "ConnectorFormat", "What a connector's files hold.",
        ("quality-csv", "A row a conversation, which names its recording or transcript."),
        ("conversation-json", "Conversations with their messages, as JSON."),
        ("feeds", "Partitioned batches of call data, transcripts, sales and recordings."));

    /// <summary>Where a file stands.</summary>
    public EnumType FileStatus { get; } = c.Enum(
        "FileStatus", "Where a file stands.",
        ("discovered", "Seen, and waiting to be read."),
        ("processing", "Being read."),
        ("ingested", "Read to its end, every row accepted."),
        ("partially_ingested", "Read to its end; some rows were refused."),
        ("failed", "It cannot be read; `errorCode` says why."),
        ("skipped", "There is nothing in it to ingest; `errorCode` says why."),
        ("deferred", "It waits for the next day's quota."),
        ("awaiting_marker", "It belongs to a batch that is not sealed yet."));

    /// <summary>What started a scan.</summary>
    public EnumType ScanTrigger { get; } = c.Enum(
        "ScanTrigger", "What started a scan.",
        ("schedule", "The connector's schedule."), ("manual", "A refresh by hand."), ("notification", "A notification of the bucket."));

    /// <summary>Where a scan stands.</summary>
    public EnumType ScanStatus { get; } = c.Enum(
        "ScanStatus", "Where a scan stands.",
        ("running", "Listing, or waiting to."), ("completed", "It reached the end of its listing."),
        ("failed", "It could not go on; `errorCode` says why."), ("cancelled", "It was ended early."));

    /// <summary>What a batch holds.</summary>
    public EnumType FeedKind { get; } = c.Enum(
        "FeedKind", "What the rows of a batch are.",
        ("call_center_issues", "Call records."), ("historical_transcripts", "Messages of conversations."),
        ("sales_methods_attribution", "Sales."), ("call_recordings", "Recorded calls."));

    /// <summary>How a batch is written.</summary>
    public EnumType Encoding { get; } = c.Enum(
        "BatchEncoding", "How the files of a batch are written.", ("csv", "Comma-separated values."), ("jsonl", "A JSON object a line."));

    /// <summary>Where a batch stands.</summary>
    public EnumType BatchStatus { get; } = c.Enum(
        "BatchStatus", "Where a batch stands.",
        ("awaiting_marker", "It is not sealed yet."),
        ("importing", "Its files are being read."),
        ("awaiting_confirmation", "It is a snapshot that would shrink its feed by more than half."),
        ("imported", "Its rows are shown, until a later batch takes their place."),
        ("superseded", "A newer snapshot was there before it."),
        ("failed", "It cannot be imported; `errorCode` says why."));

    /// <summary>What a sale is attributed to.</summary>
    public EnumType Attribution { get; } = c.Enum(
        "Attribution", "What a sale names to be attributed to.",
        ("conversation", "A conversation."), ("customer", "A customer."), ("unattributed", "Neither."));
}
