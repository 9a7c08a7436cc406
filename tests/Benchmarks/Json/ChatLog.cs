using System.Globalization;
using System.Text;

namespace QualityIngest.Benchmarks.Json;

/// <summary>Conversations of 8 messages as lines of JSON, some 2 KB each, the same from the same seed.</summary>
public static class ChatLog
{
    /// <summary>Agents, <c>agent-000</c> and on.</summary>
    public const int Agents = 50;

    /// <summary>Messages of a conversation.</summary>
    public const int Messages = 8;

    private const string MissingInfo = """
        "missing_info":{"reason":"customer_privacy_preference","fields":["phone_number"]},
        """;

    private static readonly string[] Words =
    [
        "please", "order", "the", "invoice", "delivery", "refund", "address", "you", "your", "account", "we", "have", "checked", "today",
        "tomorrow", "morning", "payment", "card", "was", "charged", "twice", "thank", "for", "waiting", "number", "parcel", "arrived",
        "broken", "replacement", "within", "three", "days", "customer", "service", "can", "help", "with", "that", "moment", "look",
    ];

    /// <summary>So many lines, each ended by a line feed.</summary>
    public static byte[] Lines(int conversations)
    {
        var random = new Random(7);
        var text = new StringBuilder(conversations * 2_100);
        for (var n = 0; n < conversations; n++)
            Conversation(text, n, random);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Conversation(StringBuilder text, int n, Random random)
    {
        var started = new DateTime(2026, 3, 1, 8, 0, 0, DateTimeKind.Utc).AddSeconds(n * 37L);
        var (id, agent) = ($"bench-{n:000000}", $"agent-{n % Agents:000}");
        text.Append(
            CultureInfo.InvariantCulture,
            $$"""
            {"conversation_id":"{{id}}","timestamp":"{{started:yyyy-MM-ddTHH:mm:ss.fffZ}}","agent_id":"{{agent}}","is_resolved":{{(n % 3 > 0 ? "true" : "false")}},"csat_score":{{random.Next(2, 11) / 2.0:0.0}},{{(n % 4 == 0 ? MissingInfo : "")}}"user_data":{"account_type":"premium","language":"en-US","visits":{{random.Next(1, 500)}}},"messages":[
            """);
        var at = started;
        for (var m = 0; m < Messages; m++)
        {
            if (m > 0)
                text.Append(',');
            Message(text, id, m, m % 2 == 0 ? "customer" : "agent", m % 2 == 0 ? $"user-{n:000000}" : agent, at, random);
            at = at.AddSeconds(random.Next(5, 90));
        }

        text.Append("]}\n");
    }

    private static void Message(StringBuilder text, string conversation, int m, string role, string sender, DateTime at, Random random)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $$"""
            {"message_id":"msg-{{m + 1:000}}","conversation_id":"{{conversation}}","role":"{{role}}","sender_id":"{{sender}}","timestamp":"{{at:yyyy-MM-ddTHH:mm:ss.fffZ}}",
            """);
        if (m % 2 == 1)
            text.Append(CultureInfo.InvariantCulture, $$"""
                "logs":[{"action":"account_lookup","duration_ms":{{random.Next(20, 900)}}}],
                """);
        text.Append("\"content\":\"");
        Said(text, random);
        text.Append("\"}");
    }

    private static void Said(StringBuilder text, Random random)
    {
        for (var word = 0; word < 8; word++)
        {
            if (word > 0)
                text.Append(' ');
            text.Append(Words[random.Next(Words.Length)]);
        }

        text.Append('.');
    }
}
