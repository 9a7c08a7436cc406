using System.Text;
using QualityIngest.Domain.Formats;

namespace QualityIngest.Domain.Tests.Formats;

/// <summary>A conversation as its source writes it, and what reading makes of it.</summary>
internal static class Conversations
{
    /// <summary>One conversation with everything that the vendor's example has.</summary>
    public const string Sample =
        """
        {
          "conversation_id": "conv-1",
          "timestamp": "2025-01-15T14:30:00.000Z",
          "agent_id": "agent-1",
          "is_resolved": true,
          "csat_score": 4.5,
          "missing_info": { "reason": "privacy", "fields": ["phone_number"] },
          "user_data": { "account_type": "premium", "preferences": { "language": "en-US", "notifications": true } },
          "messages": [
            {
              "message_id": "msg-1", "conversation_id": "conv-1", "role": "customer", "sender_id": "user-1",
              "content": "Hello, I need help.", "timestamp": "2025-01-15T14:30:00.000Z",
              "logs": [ { "action": "user_input", "source": "web_chat" } ]
            },
            {
              "message_id": "msg-2", "conversation_id": "conv-1", "role": "agent", "sender_id": "agent-1",
              "content": "I'd be happy to.", "timestamp": "2025-01-15T14:30:30.250Z",
              "logs": [ { "action": "account_lookup", "duration_ms": 245, "confidence": 0.950 } ]
            },
            { "role": "customer", "content": "Thank you!", "timestamp": "2025-01-15T14:32:00Z" }
          ]
        }
        """;

    /// <summary>A small one on one line.</summary>
    public static string Small(string id) =>
        $$"""{"conversation_id":"{{id}}","agent_id":"a","timestamp":"2025-01-15T14:30:00Z","messages":[{"role":"bot","content":"Hi","timestamp":"2025-01-15T14:30:05Z"}]}""";

    /// <summary>The sample with a part of its text replaced, which must be there.</summary>
    public static string With(string part, string by) =>
        Sample.Contains(part, StringComparison.Ordinal) ? Sample.Replace(part, by, StringComparison.Ordinal) : throw new ArgumentException($"The sample has no {part}.");

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static string Array(params string[] elements) => $"[{string.Join(',', elements)}]";

    public static async Task<List<FormatItem>> Read(Stream stream, string name, ConversationJsonOptions? options = null)
    {
        var items = new List<FormatItem>();
        await foreach (var item in ConversationJson.Read(stream, name, options ?? new())) items.Add(item);
        return items;
    }

    public static Task<List<FormatItem>> Read(byte[] bytes, string name, ConversationJsonOptions? options = null) =>
        Read(new MemoryStream(bytes), name, options);

    public static Task<List<FormatItem>> Read(string text, string name = "file.json", ConversationJsonOptions? options = null) =>
        Read(Bytes(text), name, options);

    public static async Task<ParsedConversation> Accepted(string text) =>
        Assert.IsType<ValidRow>(Assert.Single(await Read(text))).Conversation;

    public static async Task<RejectedRow> Rejected(string text) => Assert.IsType<RejectedRow>(Assert.Single(await Read(text)));

    /// <summary>The only fault of a document that holds one conversation.</summary>
    public static async Task<(string? Field, string Code)> Fault(string text)
    {
        var error = Assert.Single((await Rejected(text)).Errors);
        return (error.Field, error.Code);
    }

    /// <summary>What items are, in short: <c>1 conv-1</c>, <c>2 wrong_type</c>, <c>3 end json_invalid</c>.</summary>
    public static string[] Told(IEnumerable<FormatItem> items) =>
        [.. items.Select(item => item switch
        {
            ValidRow row => $"{row.Line} {row.Conversation.ExternalId}",
            RejectedRow row => $"{row.Line} {string.Join('+', row.Errors.Select(error => error.Code))}",
            FileError error => $"{error.Line} end {error.Code}",
            _ => throw new InvalidOperationException(item.ToString()),
        })];
}
