using System.Globalization;
using System.Text;

namespace QualityIngest.Benchmarks.Feeds;

/// <summary>Conversations of 20 messages, shuffled over a few CSV files, some 145 bytes a message, the same from the same seed.</summary>
public static class MessageLog
{
    /// <summary>Messages of a conversation.</summary>
    public const int Messages = 20;

    /// <summary>Files, of about the same size.</summary>
    public const int Files = 4;

    /// <summary>The day that the messages are of.</summary>
    public const string Day = "2026-03-01";

    private static readonly string[] Words =
    [
        "please", "order", "the", "invoice", "delivery", "refund", "address", "you", "your", "account", "we", "have", "checked", "today",
        "tomorrow", "morning", "payment", "card", "was", "charged", "twice", "thank", "for", "waiting", "number", "parcel", "arrived",
        "broken", "replacement", "within", "three", "days", "customer", "service", "can", "help", "with", "that", "moment", "look",
    ];

    /// <summary>The files' bytes.</summary>
    public static IReadOnlyList<byte[]> Of(int conversations)
    {
        var random = new Random(11);
        var places = new int[conversations * Messages];
        for (var i = 0; i < places.Length; i++)
            places[i] = i;
        random.Shuffle(places);
        var files = new List<byte[]>();
        foreach (var part in places.Chunk((places.Length + Files - 1) / Files))
        {
            var text = new StringBuilder(part.Length * 150);
            text.Append("conversation_externalId,sender_externalId,sender_role,text,timestamp\n");
            foreach (var place in part)
                Message(text, place / Messages, place % Messages);
            files.Add(Encoding.UTF8.GetBytes(text.ToString()));
        }

        return files;
    }

    private static void Message(StringBuilder text, int conversation, int message)
    {
        var random = new Random(conversation * 31 + message);
        var byAgent = message % 2 == 1;
        // Every conversation ends within the day.
        var at = DateTime.Parse(Day, CultureInfo.InvariantCulture).AddSeconds(conversation % 80_000 + message * 37 + random.Next(0, 30));
        text.Append(CultureInfo.InvariantCulture, $"bench-{conversation:000000},{(byAgent ? $"agent-{conversation % 50:000}" : $"user-{conversation:000000}")},{(byAgent ? "agent" : "customer")},\"");
        for (var word = 0; word < 10; word++)
            text.Append(word == 0 ? "" : word == 5 ? ", " : " ").Append(Words[random.Next(Words.Length)]);
        text.Append(CultureInfo.InvariantCulture, $".\",{at:yyyy-MM-ddTHH:mm:ssZ}\n");
    }
}
