using System.Globalization;
using System.Text;

namespace QualityIngest.Samples.Rows;

/// <summary>One CSV file of the bucket.</summary>
/// <param name="Key">Where it lies.</param>
/// <param name="IsChat">Whether its rows are chats.</param>
/// <param name="Rows">Its rows, in their order.</param>
internal sealed record CsvSheet(string Key, bool IsChat, IReadOnlyList<SampleRow> Rows)
{
    /// <summary>Written as some exports do: with a byte order mark, CRLF and headers in capitals.</summary>
    public bool FromSpreadsheet { get; init; }

    /// <summary>The file's content.</summary>
    public byte[] ToBytes()
    {
        var columns = Columns(IsChat);
        var header = columns.Select(column => FromSpreadsheet ? column.Name.ToUpperInvariant() : column.Name);
        var newLine = FromSpreadsheet ? "\r\n" : "\n";
        var text = new StringBuilder().AppendJoin(',', header).Append(newLine);
        foreach (var row in Rows)
            text.AppendJoin(',', columns.Select(column => Quoted(column.Value(row)))).Append(newLine);
        return [.. FromSpreadsheet ? Encoding.UTF8.GetPreamble() : [], .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    private static (string Name, Func<SampleRow, string> Value)[] Columns(bool isChat) => isChat
        ?
        [
            .. Common,
            ("chatScriptUrl", row => row.ChatScript),
            ("recordingUrl", row => row.Recording),
            ("language", row => row.Language),
            ("callReason", row => row.CallReason),
        ]
        :
        [
            .. Common,
            ("transcriptUrl", row => row.Transcript),
            ("recordingUrl", row => row.Recording),
            ("agentRecordings", row => row.AgentRecording),
            ("customerRecordings", row => row.CustomerRecording),
            ("agentChannel", row => row.AgentChannel),
            ("customerChannel", row => row.CustomerChannel),
            ("language", row => row.Language),
            ("asrProvider", row => row.AsrProvider),
            ("callReason", row => row.CallReason),
        ];

    private static readonly (string Name, Func<SampleRow, string> Value)[] Common =
    [
        ("conversationId", row => row.ConversationId),
        ("queueId", row => row.QueueId),
        ("agentEmail", row => row.AgentEmail),
        ("conversationStartTime", row => row.StartText ?? Time(row.Start, row.Offset)),
        ("conversationEndTime", row => Time(row.End, row.Offset)),
        ("channelType", row => row.ChannelType),
        ("recordingType", row => row.RecordingType),
    ];

    private static string Time(DateTimeOffset time, int offset) => offset == 0
        ? time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
        : time.ToOffset(TimeSpan.FromMinutes(offset)).ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);

    private static string Quoted(string value)
        => value.AsSpan().ContainsAny(",\"\r\n") ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;
}
