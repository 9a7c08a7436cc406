using System.Text;
using QualityIngest.Domain.Formats;

namespace QualityIngest.Domain.Tests.Formats;

/// <summary>Rows that are valid, to be spoiled one value at a time, and files made of them.</summary>
internal static class QualityRows
{
    public static IReadOnlyDictionary<string, string> Voice { get; } = new Dictionary<string, string>
    {
        ["conversationId"] = "conv-123456",
        ["agentEmail"] = "john.smith@company.com",
        ["conversationStartTime"] = "2025-04-10T14:30:00Z",
        ["conversationEndTime"] = "2025-04-10T14:32:45Z",
        ["channelType"] = "voice",
        ["recordingType"] = "transcription",
        ["transcriptPath"] = "transcripts/voice-123.json",
        ["queueId"] = "support-tier1",
        ["agentChannel"] = "0",
        ["customerChannel"] = "1",
    };

    public static IReadOnlyDictionary<string, string> Chat { get; } = With(
        Without(Voice, "agentChannel", "customerChannel"), ("channelType", "chat"), ("transcriptPath", "transcripts/chat-123.json"), ("language", "en-US"));

    public static IReadOnlyDictionary<string, string> Stereo { get; } = With(
        Without(Voice, "transcriptPath"), ("recordingType", "stereo"), ("recordingUrl", "https://s3.amazonaws.com/bucket/conv-123456.wav"));

    public static IReadOnlyDictionary<string, string> Mono { get; } = With(
        Without(Voice, "transcriptPath", "agentChannel", "customerChannel"),
        ("recordingType", "mono"),
        ("agentRecordings", "https://s3.amazonaws.com/bucket/conv-123456-agent.wav"),
        ("customerRecordings", "https://s3.amazonaws.com/bucket/conv-123456-customer.wav"));

    /// <summary>A valid row by the name of its kind, for tables of cases.</summary>
    public static IReadOnlyDictionary<string, string> Of(string kind) => kind switch
    {
        "voice" => Voice,
        "chat" => Chat,
        "stereo" => Stereo,
        "mono" => Mono,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public static IReadOnlyDictionary<string, string> With(
        this IReadOnlyDictionary<string, string> row, params (string Field, string Value)[] values)
    {
        var changed = new Dictionary<string, string>(row);
        foreach (var (field, value) in values) changed[field] = value;
        return changed;
    }

    public static IReadOnlyDictionary<string, string> Without(this IReadOnlyDictionary<string, string> row, params string[] fields) =>
        row.Where(field => !fields.Contains(field.Key)).ToDictionary();

    /// <summary>A file with a header of every column that a row has.</summary>
    public static string File(params IReadOnlyDictionary<string, string>[] rows)
    {
        var columns = rows.SelectMany(row => row.Keys).Distinct().ToList();
        var text = new StringBuilder(string.Join(',', columns.Select(Quoted))).Append("\r\n");
        foreach (var row in rows)
            text.Append(string.Join(',', columns.Select(column => Quoted(row.GetValueOrDefault(column, ""))))).Append("\r\n");
        return text.ToString();
    }

    public static Task<List<FormatItem>> Read(string text, QualityCsvOptions? options = null) => Read(Encoding.UTF8.GetBytes(text), options);

    public static Task<List<FormatItem>> Read(byte[] file, QualityCsvOptions? options = null) => Read(new MemoryStream(file), options);

    public static async Task<List<FormatItem>> Read(Stream stream, QualityCsvOptions? options = null)
    {
        var items = new List<FormatItem>();
        await foreach (var item in QualityCsv.Read(stream, options ?? new QualityCsvOptions())) items.Add(item);
        return items;
    }

    public static async Task<ParsedConversation> Accepted(string text, QualityCsvOptions? options = null) =>
        Assert.IsType<ValidRow>(Assert.Single(await Read(text, options))).Conversation;

    public static async Task<RejectedRow> Rejected(string text, QualityCsvOptions? options = null) =>
        Assert.IsType<RejectedRow>(Assert.Single(await Read(text, options)));

    public static async Task<FileError> Refused(string text, QualityCsvOptions? options = null) =>
        Assert.IsType<FileError>(Assert.Single(await Read(text, options)));

    private static string Quoted(string value) =>
        value.AsSpan().ContainsAny(",\"\r\n") ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;
}
