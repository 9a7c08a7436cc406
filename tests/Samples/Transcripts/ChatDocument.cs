using System.Globalization;
using System.Text.Json;
using QualityIngest.Samples.Dialogue;

namespace QualityIngest.Samples.Transcripts;

/// <summary>Writes a chat script: an object of messages keyed "1", "2", …, with pauses as long as people take to read and type.</summary>
internal static class ChatDocument
{
    /// <summary>The document, and how long the chat took.</summary>
    public static (byte[] Json, TimeSpan Length) Write(Random random, IReadOnlyList<Line> lines, SampleAgent agent, DateTimeOffset start)
    {
        var clock = random.Next(1_000, 6_000);
        var customer = string.Create(CultureInfo.InvariantCulture, $"customer_{random.Next(10_000, 99_999)}");
        var messages = new List<(string Key, Line Line, long At)>();
        foreach (var line in lines)
        {
            messages.Add(((messages.Count + 1).ToString(CultureInfo.InvariantCulture), line, start.ToUnixTimeMilliseconds() + clock));
            clock += line.Text.Length * random.Next(20, 90) + random.Next(2_000, 15_000) + (line.Wait ? random.Next(30_000, 120_000) : 0);
        }

        // Some systems write their keys as text sorts them: 1, 10, 11, 2.
        IEnumerable<(string Key, Line Line, long At)> written = random.Percent(20) ? messages.OrderBy(m => m.Key, StringComparer.Ordinal) : messages;
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Json.Readable))
        {
            json.WriteStartObject();
            foreach (var (key, line, at) in written)
            {
                json.WriteStartObject(key);
                json.WriteString("type", line.Speaker switch { Speaker.Agent => "AGENT", Speaker.Customer => "USER", _ => "SYSTEM" });
                json.WriteString("text", line.Text);
                json.WriteNumber("timestamp", at);
                json.WriteString("userId", line.Speaker switch { Speaker.Agent => agent.Email, Speaker.Customer => customer, _ => "system" });
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        var length = messages[^1].At - start.ToUnixTimeMilliseconds() + random.Next(1_000, 5_000);
        return (buffer.ToArray(), TimeSpan.FromMilliseconds(length));
    }
}
