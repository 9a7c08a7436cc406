using System.Collections.Frozen;

namespace QualityIngest.Domain.Formats;

/// <summary>The columns that quality-csv knows, in the order in which the content hash takes them.</summary>
internal enum QualityColumn
{
    ConversationId,
    QueueId,
    AgentEmail,
    ConversationStartTime,
    ConversationEndTime,
    ChannelType,
    RecordingType,
    RecordingUrl,
    AgentRecordings,
    CustomerRecordings,
    TranscriptUrl,
    ChatScriptUrl,
    TranscriptPath,
    AgentChannel,
    CustomerChannel,
    AgentId,
    Language,
    AsrProvider,
}

/// <summary>How the columns are called.</summary>
internal static class QualityColumns
{
    public const int Count = (int)QualityColumn.AsrProvider + 1;

    /// <summary>The columns that every row needs, whatever its recording type.</summary>
    public static readonly IReadOnlyList<QualityColumn> Required =
    [
        QualityColumn.ConversationId, QualityColumn.QueueId, QualityColumn.AgentEmail, QualityColumn.ConversationStartTime,
        QualityColumn.ConversationEndTime, QualityColumn.ChannelType, QualityColumn.RecordingType,
    ];

    /// <summary>The columns that lead to what was said; a file has at least one of them.</summary>
    public static readonly IReadOnlyList<QualityColumn> Locators =
    [
        QualityColumn.RecordingUrl, QualityColumn.AgentRecordings, QualityColumn.CustomerRecordings,
        QualityColumn.TranscriptUrl, QualityColumn.ChatScriptUrl, QualityColumn.TranscriptPath,
    ];

    private static readonly string[] Names =
    [
        "conversationId", "queueId", "agentEmail", "conversationStartTime", "conversationEndTime", "channelType", "recordingType",
        "recordingUrl", "agentRecordings", "customerRecordings", "transcriptUrl", "chatScriptUrl", "transcriptPath",
        "agentChannel", "customerChannel", "agentId", "language", "asrProvider",
    ];

    private static readonly FrozenDictionary<string, QualityColumn> ByHeader = Names
        .Select((name, index) => KeyValuePair.Create(name, (QualityColumn)index))
        .Append(KeyValuePair.Create("asProvider", QualityColumn.AsrProvider))
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The canonical name, as errors use it.</summary>
    public static string Name(this QualityColumn column) => Names[(int)column];

    /// <summary>Finds the column that a trimmed header means, by its name or an alias, whatever the case.</summary>
    public static bool TryFind(string header, out QualityColumn column) => ByHeader.TryGetValue(header, out column);
}
