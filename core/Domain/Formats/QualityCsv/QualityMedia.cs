namespace QualityIngest.Domain.Formats;

/// <summary>Where a row says that its sound or text lies, and which sound channel is whose.</summary>
internal readonly record struct QualityMedia(
    string? Transcript, string? Recording, string? AgentRecording, string? CustomerRecording, int AgentChannel, int CustomerChannel)
{
    private static readonly QualityColumn[] Texts = [QualityColumn.TranscriptUrl, QualityColumn.ChatScriptUrl, QualityColumn.TranscriptPath];
    private static readonly QualityColumn[] TextsOfSound = [QualityColumn.TranscriptUrl, QualityColumn.TranscriptPath];
    private static readonly QualityColumn[] Sides = [QualityColumn.AgentRecordings, QualityColumn.CustomerRecordings];

    /// <summary>Applies the rules of the row's recording type; without one there is nothing to hold the row to.</summary>
    public static QualityMedia Of(QualityRow row, Channel? channel, RecordingType? type) => type switch
    {
        RecordingType.Stereo => Stereo(row),
        RecordingType.Mono => Mono(row),
        RecordingType.Transcription => Transcription(row, channel),
        _ => default,
    };

    private static QualityMedia Stereo(QualityRow row)
    {
        var recording = row.Required(QualityColumn.RecordingUrl, int.MaxValue);
        if (LocatorList.Is(recording)) RefuseList(row, QualityColumn.RecordingUrl);
        if (Sides.Any(row.Has)) row.Warn(RowWarnings.RecordingIgnored);
        if (row.Has(QualityColumn.ChatScriptUrl)) row.Warn(RowWarnings.ChatScriptIgnored);
        var transcript = One(row, TextsOfSound);
        var (agent, customer) = Channels(row);
        return new(transcript, recording, null, null, agent, customer);
    }

    private static QualityMedia Mono(QualityRow row)
    {
        foreach (var side in Sides)
        {
            if (LocatorList.Is(row[side])) RefuseList(row, side);
        }
        if (Texts.Any(row.Has)) row.Warn(RowWarnings.TranscriptIgnored);
        var (agent, customer) = (row[QualityColumn.AgentRecordings], row[QualityColumn.CustomerRecordings]);
        var single = row.Has(QualityColumn.RecordingUrl);
        if (agent.Length + customer.Length == 0 && single)
            row.Refuse(QualityColumn.RecordingUrl, RowCodes.MixedMono, "A mono conversation needs a recording of each party; one recording of both cannot be told apart.");
        else if (agent.Length + customer.Length == 0)
            row.Refuse(QualityColumn.AgentRecordings, RowCodes.MissingValue, "A mono row needs agentRecordings, customerRecordings or both.");
        else if (agent == customer)
            row.Refuse(QualityColumn.CustomerRecordings, RowCodes.MixedMono, "agentRecordings and customerRecordings are the same; one recording of both parties cannot be told apart.");
        else if (single)
            row.Warn(RowWarnings.RecordingIgnored);
        return new(null, null, agent.Length > 0 ? agent : null, customer.Length > 0 ? customer : null, 0, 1);
    }

    private static QualityMedia Transcription(QualityRow row, Channel? channel)
    {
        if (row.Has(QualityColumn.RecordingUrl) || Sides.Any(row.Has)) row.Warn(RowWarnings.RecordingIgnored);
        var transcript = One(row, Texts);
        if (transcript is null)
        {
            var wanted = channel is Channel.Chat ? QualityColumn.ChatScriptUrl : QualityColumn.TranscriptUrl;
            row.Refuse(wanted, RowCodes.MissingValue, $"{wanted.Name()} is required; transcriptUrl, chatScriptUrl and transcriptPath are names of the same.");
        }
        var (agent, customer) = channel is Channel.Voice ? Channels(row) : (0, 1);
        return new(transcript, null, null, null, agent, customer);
    }

    /// <summary>The one locator that stands under several names; null when under none.</summary>
    private static string? One(QualityRow row, QualityColumn[] names)
    {
        string? found = null;
        foreach (var name in names)
        {
            if (!row.Has(name)) continue;
            if (found is not null && found != row[name])
                row.Refuse(name, RowCodes.LocatorConflict, $"{name.Name()} differs from another name of the same transcript.");
            found ??= row[name];
        }
        return found;
    }

    /// <summary>The parties' sound channels. A single one that is given decides the other.</summary>
    private static (int Agent, int Customer) Channels(QualityRow row)
    {
        var agent = SoundChannel(row, QualityColumn.AgentChannel);
        var customer = SoundChannel(row, QualityColumn.CustomerChannel);
        if (!row.Has(QualityColumn.AgentChannel) || !row.Has(QualityColumn.CustomerChannel)) row.Warn(RowWarnings.ChannelsDefaulted);
        if (agent is not null && agent == customer)
            row.Refuse(QualityColumn.CustomerChannel, RowCodes.ChannelsEqual, $"agentChannel and customerChannel are both {agent}.");
        return (agent ?? 1 - customer ?? 0, customer ?? 1 - agent ?? 1);
    }

    private static int? SoundChannel(QualityRow row, QualityColumn column)
    {
        var value = row[column];
        switch (value)
        {
            case "":
                return null;
            case "0":
                return 0;
            case "1":
                return 1;
            default:
                row.Refuse(column, RowCodes.ChannelInvalid, $"{column.Name()} is {Quotation.Of(value)}; it may be 0 or 1.");
                return null;
        }
    }

    private static void RefuseList(QualityRow row, QualityColumn column) =>
        row.Refuse(column, RowCodes.LocatorList, $"{column.Name()} holds a list: {Quotation.Of(row[column])}. It takes one locator.");
}
