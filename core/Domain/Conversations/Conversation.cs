using System.Text.Json.Serialization;
using Npgsql;
using QualityIngest.Database;
using QualityIngest.Domain.Conversations.Erasure;
using QualityIngest.Domain.Feeds;
using QualityIngest.Domain.Feeds.CallRecords;
using QualityIngest.Domain.Feeds.Sales;
using QualityIngest.Domain.Formats;

namespace QualityIngest.Domain.Conversations;

/// <summary>How much can be told of a conversation, by what its source provides.</summary>
public enum AnalyticsLevel
{
    /// <summary>From a two-channel recording.</summary>
    Full,

    /// <summary>From two recordings, one a party.</summary>
    Enhanced,

    /// <summary>From a voice transcript.</summary>
    Text,

    /// <summary>From a chat script.</summary>
    FullText,
}

/// <summary>A conversation as lists show it.</summary>
/// <param name="Id">Its id, derived from its identity: the same wherever it is read.</param>
/// <param name="ExternalId">The source's own id.</param>
/// <param name="ConnectorId">The connector that brought the current revision.</param>
/// <param name="FileId">The file that holds the current revision's row.</param>
/// <param name="Line">The row's line, or its number in the order of all rows.</param>
/// <param name="Place">Where the row stands, in files of members, lines or elements; null: the line tells.</param>
/// <param name="Revision">The current revision, from 1.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Holds">What it waits for; empty unless held.</param>
/// <param name="Channel">How the parties spoke.</param>
/// <param name="RecordingType">What the source provides.</param>
/// <param name="AnalyticsLevel">How much can be told.</param>
/// <param name="ExternalQueueId">The source's queue id.</param>
/// <param name="QueueId">The queue that it is mapped to.</param>
/// <param name="AgentEmail">The agent's e-mail, as the row has it.</param>
/// <param name="ExternalAgentId">The source's own id of the agent.</param>
/// <param name="AgentId">The id of its agent, once known.</param>
/// <param name="Language">The language's BCP 47 tag.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="IsResolved">Whether the matter was settled, where the source tells.</param>
/// <param name="CsatScore">The customer's score, where the source tells.</param>
/// <param name="Warnings">Codes of what was assumed or ignored.</param>
/// <param name="ErrorCode">Why it failed, as a stable word.</param>
/// <param name="ErrorDetail">The same for people.</param>
/// <param name="Retryable">Whether a retry can help.</param>
/// <param name="Metrics">Its numbers; null until it is completed.</param>
/// <param name="Version">Rises with every event; the ETag.</param>
/// <param name="ReceivedAt">When it was first stored.</param>
/// <param name="UpdatedAt">When its last event happened.</param>
/// <param name="CompletedAt">When its current revision became whole.</param>
/// <param name="HeldAt">Since when it has been waiting; null unless held.</param>
public sealed record Conversation(
    Guid Id, string ExternalId, Guid ConnectorId, Guid FileId, long Line, FormatPlace? Place, int Revision,
    ConversationStatus Status, IReadOnlyList<HoldReason> Holds,
    Channel Channel, RecordingType RecordingType, AnalyticsLevel AnalyticsLevel,
    string? ExternalQueueId, Guid? QueueId, string? AgentEmail, string? ExternalAgentId, Guid? AgentId, string Language,
    DateTimeOffset StartedAt, DateTimeOffset EndedAt, bool? IsResolved, double? CsatScore, IReadOnlyList<string> Warnings,
    string? ErrorCode, string? ErrorDetail, bool Retryable, Metrics? Metrics,
    long Version, DateTimeOffset ReceivedAt, DateTimeOffset UpdatedAt, DateTimeOffset? CompletedAt,
    DateTimeOffset? HeldAt) : IVersioned
{
    /// <summary>
    /// What feeds of call center data tell of it: the latest 100, of which <c>/v1/call-records?conversationId=</c> lists all. In
    /// lists of conversations absent.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<CallRecord>? CallRecords { get; init; }

    /// <summary>Sales that name it: the latest 100, of which <c>/v1/sales?conversationId=</c> lists all. In lists of conversations absent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Sale>? Sales { get; init; }

    /// <inheritdoc/>
    string? IVersioned.Beside => new JoinedRows(CallRecords ?? [], Sales ?? []).Digest;

    /// <summary>The revision that is meant: the current one where none is named, null where there is no such one.</summary>
    internal int? Number(int? revision) => revision is null ? Revision : revision >= 1 && revision <= Revision ? revision : null;
}

/// <summary>Reads the rows of <c>conversations</c>.</summary>
internal static class ConversationRow
{
    public const string Columns =
        """
        id, external_id, connector_id, file_id, line, revision, status, hold_counterpart, hold_queue, hold_agent,
        channel, recording_type, analytics_level, external_queue_id, queue_id, agent_email, agent_id, language,
        started_at, ended_at, warnings, error_code, error_detail, retryable, version, received_at, updated_at, completed_at,
        duration_ms, utterances, turns, agent_messages, customer_messages, bot_messages, system_messages,
        agent_words, customer_words, bot_words, agent_talk_ms, customer_talk_ms, silence_ms, longest_silence_ms,
        overtalk_ms, interruptions, first_response_ms, mean_response_ms, agent_words_per_minute, customer_words_per_minute,
        external_agent_id, is_resolved, csat_score, place_member, place_line, place_index,
        recording_ms, agent_rms_dbfs, customer_rms_dbfs, agent_peak_dbfs, customer_peak_dbfs,
        agent_clipped_samples, customer_clipped_samples, agent_noise_floor_dbfs, customer_noise_floor_dbfs, agent_talk_share, customer_talk_share,
        held_at
        """;

    private const int FirstMetric = 28;
    private const int ExternalAgent = 48;
    private const int Resolved = 49;
    private const int FirstPlace = 51;
    private const int FirstOfSound = 54;
    private const int HeldAt = 65;

    /// <summary>One conversation, or null where the session sees none.</summary>
    public static Task<Conversation?> Find(Session session, Guid id, CancellationToken cancel) =>
        session.First(new Statement($"select {Columns} from conversations where id = $1", id), Read, cancel);

    /// <summary>One conversation whose words and sounds are asked for, and the number of the revision that is meant.</summary>
    /// <param name="session">What shows it.</param>
    /// <param name="id">The conversation.</param>
    /// <param name="revision">Which revision; null: the current one.</param>
    /// <param name="cancel">Stops the query.</param>
    public static async Task<Outcome<(Conversation Conversation, int Number)>> Open(Session session, Guid id, int? revision, CancellationToken cancel)
    {
        if (await Find(session, id, cancel) is not { } conversation)
            return await ErasedRow.Missing(session, id, cancel);
        if (conversation.Number(revision) is not { } number)
            return new Failure.NotFound();
        return conversation.Status is ConversationStatus.Withdrawn
            ? new Failure.Conflict("conversation_withdrawn", "No feed tells of this conversation any more: it is hidden until one does.")
            : (conversation, number);
    }

    public static Conversation Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetString(1),
        row.GetGuid(2),
        row.GetGuid(3),
        row.GetInt64(4),
        FormatPlace.Of(Nullable<string>(row, FirstPlace), NullableValue<long>(row, FirstPlace + 1), NullableValue<long>(row, FirstPlace + 2)),
        row.GetInt32(5),
        DomainJson.Parse<ConversationStatus>(row.GetString(6)),
        Holds(row.GetBoolean(7), row.GetBoolean(8), row.GetBoolean(9)),
        DomainJson.Parse<Channel>(row.GetString(10)),
        DomainJson.Parse<RecordingType>(row.GetString(11)),
        DomainJson.Parse<AnalyticsLevel>(row.GetString(12)),
        Nullable<string>(row, 13),
        NullableValue<Guid>(row, 14),
        Nullable<string>(row, 15),
        Nullable<string>(row, ExternalAgent),
        NullableValue<Guid>(row, 16),
        row.GetString(17),
        row.GetFieldValue<DateTimeOffset>(18),
        row.GetFieldValue<DateTimeOffset>(19),
        NullableValue<bool>(row, Resolved),
        NullableValue<double>(row, Resolved + 1),
        row.GetFieldValue<string[]>(20),
        Nullable<string>(row, 21),
        Nullable<string>(row, 22),
        row.GetBoolean(23),
        row.IsDBNull(FirstMetric) ? null : ReadMetrics(row),
        row.GetInt64(24),
        row.GetFieldValue<DateTimeOffset>(25),
        row.GetFieldValue<DateTimeOffset>(26),
        NullableValue<DateTimeOffset>(row, 27),
        NullableValue<DateTimeOffset>(row, HeldAt));

    private static Metrics ReadMetrics(NpgsqlDataReader row) => new()
    {
        DurationMs = row.GetInt64(FirstMetric),
        Utterances = row.GetInt32(FirstMetric + 1),
        Turns = row.GetInt32(FirstMetric + 2),
        AgentMessages = row.GetInt32(FirstMetric + 3),
        CustomerMessages = row.GetInt32(FirstMetric + 4),
        BotMessages = row.GetInt32(FirstMetric + 5),
        SystemMessages = row.GetInt32(FirstMetric + 6),
        AgentWords = row.GetInt32(FirstMetric + 7),
        CustomerWords = row.GetInt32(FirstMetric + 8),
        BotWords = row.GetInt32(FirstMetric + 9),
        AgentTalkMs = NullableValue<long>(row, FirstMetric + 10),
        CustomerTalkMs = NullableValue<long>(row, FirstMetric + 11),
        SilenceMs = NullableValue<long>(row, FirstMetric + 12),
        LongestSilenceMs = NullableValue<long>(row, FirstMetric + 13),
        OvertalkMs = NullableValue<long>(row, FirstMetric + 14),
        Interruptions = NullableValue<int>(row, FirstMetric + 15),
        FirstResponseMs = NullableValue<long>(row, FirstMetric + 16),
        MeanResponseMs = NullableValue<long>(row, FirstMetric + 17),
        AgentWordsPerMinute = NullableValue<double>(row, FirstMetric + 18),
        CustomerWordsPerMinute = NullableValue<double>(row, FirstMetric + 19),
        RecordingMs = NullableValue<long>(row, FirstOfSound),
        AgentRmsDbfs = NullableValue<double>(row, FirstOfSound + 1),
        CustomerRmsDbfs = NullableValue<double>(row, FirstOfSound + 2),
        AgentPeakDbfs = NullableValue<double>(row, FirstOfSound + 3),
        CustomerPeakDbfs = NullableValue<double>(row, FirstOfSound + 4),
        AgentClippedSamples = NullableValue<long>(row, FirstOfSound + 5),
        CustomerClippedSamples = NullableValue<long>(row, FirstOfSound + 6),
        AgentNoiseFloorDbfs = NullableValue<double>(row, FirstOfSound + 7),
        CustomerNoiseFloorDbfs = NullableValue<double>(row, FirstOfSound + 8),
        AgentTalkShare = NullableValue<double>(row, FirstOfSound + 9),
        CustomerTalkShare = NullableValue<double>(row, FirstOfSound + 10),
    };

    private static List<HoldReason> Holds(bool counterpart, bool queue, bool agent)
    {
        var holds = new List<HoldReason>(3);
        if (counterpart)
            holds.Add(HoldReason.Counterpart);
        if (queue)
            holds.Add(HoldReason.Queue);
        if (agent)
            holds.Add(HoldReason.Agent);
        return holds;
    }

    private static T? Nullable<T>(NpgsqlDataReader row, int column) where T : class =>
        row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);

    private static T? NullableValue<T>(NpgsqlDataReader row, int column) where T : struct =>
        row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);
}
