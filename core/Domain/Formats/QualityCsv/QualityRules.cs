namespace QualityIngest.Domain.Formats;

/// <summary>The rules that a row is held to by itself. Every fault is noted, not the first alone.</summary>
internal static class QualityRules
{
    private const int LongestId = 50;
    private const int LongestName = 200;

    /// <summary>Judges the row that is loaded.</summary>
    public static FormatItem Judge(QualityRow row, QualityCsvOptions options, ContentHash hash)
    {
        var id = row.Required(QualityColumn.ConversationId, LongestId);
        var queue = row.Required(QualityColumn.QueueId, LongestName);
        var email = Email(row);
        var (startedAt, endedAt) = Times(row);
        var channel = ChannelOf(row, options.ExpectedChannel);
        var type = TypeOf(row, channel);
        var media = QualityMedia.Of(row, channel, type);
        var (language, languageBase) = Language(row);
        var agentId = row.Optional(QualityColumn.AgentId, LongestName);
        var provider = row.Optional(QualityColumn.AsrProvider, LongestName);
        if (row.Errors.Count == 0 && type is not RecordingType.Transcription && !options.AcceptsSound)
            row.Refuse(QualityColumn.RecordingType, RowCodes.NotSupportedYet, $"The row is valid, but {row[QualityColumn.RecordingType]} recordings are not processed.");
        if (row.Errors.Count > 0) return new RejectedRow(row.Line, Identity(row, id), row.Errors);

        return new ValidRow(new ParsedConversation
        {
            Line = row.Line,
            ExternalId = id,
            QueueId = queue,
            AgentEmail = email,
            AgentId = agentId,
            Channel = channel!.Value,
            RecordingType = type!.Value,
            StartedAt = startedAt!.Value,
            EndedAt = endedAt!.Value,
            Language = language,
            LanguageBase = languageBase,
            LanguageAssumed = !row.Has(QualityColumn.Language),
            AsrProvider = provider,
            AgentChannel = media.AgentChannel,
            CustomerChannel = media.CustomerChannel,
            Transcript = media.Transcript,
            Recording = media.Recording,
            AgentRecording = media.AgentRecording,
            CustomerRecording = media.CustomerRecording,
            Attributes = row.Attributes,
            Warnings = row.Warnings,
            ContentHash = hash.Of(row, type.Value, media.Transcript),
        });
    }

    /// <summary>The id of a refused row, if it is one that can be shown and searched for.</summary>
    private static string? Identity(QualityRow row, string id) =>
        id.Length > 0 && !row.Errors.Any(error => error.Field == QualityColumn.ConversationId.Name()) ? id : null;

    private static string Email(QualityRow row)
    {
        var value = row.Required(QualityColumn.AgentEmail, int.MaxValue);
        if (value.Length == 0) return "";
        if (!EmailAddress.TryFold(value, out var email))
            row.Refuse(QualityColumn.AgentEmail, RowCodes.EmailInvalid, $"agentEmail is {Quotation.Of(value)}, which is no e-mail address.");
        return email;
    }

    private static (DateTimeOffset? StartedAt, DateTimeOffset? EndedAt) Times(QualityRow row)
    {
        var startedAt = row.Moment(QualityColumn.ConversationStartTime);
        var endedAt = row.Moment(QualityColumn.ConversationEndTime);
        if (endedAt <= startedAt)
            row.Refuse(QualityColumn.ConversationEndTime, RowCodes.EndNotAfterStart, "conversationEndTime must be after conversationStartTime.");
        return (startedAt, endedAt);
    }

    private static Channel? ChannelOf(QualityRow row, Channel? expected)
    {
        var value = row.Required(QualityColumn.ChannelType, int.MaxValue);
        Channel? channel = value.ToUpperInvariant() switch
        {
            "VOICE" => Channel.Voice,
            "CHAT" => Channel.Chat,
            _ => null,
        };
        if (channel is null && value.Length > 0)
            row.Refuse(QualityColumn.ChannelType, RowCodes.ChannelTypeInvalid, $"channelType is {Quotation.Of(value)}; it may be voice or chat.");
        if (channel is not null && expected is not null && channel != expected)
            row.Refuse(QualityColumn.ChannelType, RowCodes.WrongChannel, channel is Channel.Chat ? "A chat lies in the path for voice." : "A call lies in the path for chat.");
        return channel;
    }

    private static RecordingType? TypeOf(QualityRow row, Channel? channel)
    {
        var value = row.Required(QualityColumn.RecordingType, int.MaxValue);
        RecordingType? type = value.ToUpperInvariant() switch
        {
            "STEREO" => RecordingType.Stereo,
            "MONO" => RecordingType.Mono,
            "TRANSCRIPTION" => RecordingType.Transcription,
            _ => null,
        };
        if (type is null && value.Length > 0)
            row.Refuse(QualityColumn.RecordingType, RowCodes.RecordingTypeInvalid, $"recordingType is {Quotation.Of(value)}; it may be stereo, mono or transcription.");
        if (channel is Channel.Chat && type is RecordingType.Stereo or RecordingType.Mono)
            row.Refuse(QualityColumn.RecordingType, RowCodes.RecordingTypeNotAllowed, "A chat has no recording: its recordingType must be transcription.");
        return type;
    }

    private static (string Tag, string Base) Language(QualityRow row)
    {
        var tag = row[QualityColumn.Language];
        if (tag.Length == 0) return (LanguageTag.Default, LanguageTag.Default);
        if (!LanguageTag.TryRead(tag, out var language))
            row.Refuse(QualityColumn.Language, RowCodes.LanguageInvalid, $"language is {Quotation.Of(tag)}, which is no language tag such as en or en-US.");
        return (tag, language);
    }
}
