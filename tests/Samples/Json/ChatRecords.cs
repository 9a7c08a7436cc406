using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using QualityIngest.Samples.Dialogue;

namespace QualityIngest.Samples.Json;

/// <summary>One conversation as it is written: one line of JSON.</summary>
internal sealed record ChatRecord(string Id, SampleAssistant Assistant, string Text);

/// <summary>Makes up conversations of the assistant with customers.</summary>
internal sealed class ChatRecords(Random random, DateOnly firstDay)
{
    private int _number;

    /// <summary>So many of a day; the fourth of a day is the unknown assistant's.</summary>
    public IReadOnlyList<ChatRecord> Make(int day, int count) =>
        [.. Enumerable.Range(0, count).Select(index => MakeUp(day, index == 3 ? SampleChats.Unknown : random.Of(SampleChats.Assistants)))];

    /// <summary>The same conversation as a source writes it again once somebody has looked at it.</summary>
    public static ChatRecord Corrected(ChatRecord chat) =>
        chat with { Text = chat.Text.Replace("\"is_resolved\":", "\"reviewed\":true,\"is_resolved\":", StringComparison.Ordinal) };

    /// <summary>The same conversation, but for its first message, which says that it is of another one.</summary>
    public static ChatRecord Foreign(ChatRecord chat)
    {
        const string member = "\"conversation_id\":\"";
        var first = chat.Text.IndexOf(member, chat.Text.IndexOf("\"messages\"", StringComparison.Ordinal), StringComparison.Ordinal) + member.Length;
        return chat with { Text = chat.Text.Insert(first, "not-") };
    }

    private ChatRecord MakeUp(int day, SampleAssistant assistant)
    {
        var start = new DateTimeOffset(firstDay.AddDays(day), new TimeOnly(7, 0), TimeSpan.Zero).AddSeconds(random.Next(50_000));
        var id = string.Create(CultureInfo.InvariantCulture, $"assistant-{start:yyyyMMdd}-{++_number:0000}");
        var topic = random.Of(Topic.In("en"));
        var lines = Script.Write(random, topic, new SampleAgent(assistant.Name, "", "en"), isChat: true);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Transcripts.Json.Readable))
            Write(json, id, assistant, start, topic, lines);
        return new(id, assistant, Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private void Write(Utf8JsonWriter json, string id, SampleAssistant assistant, DateTimeOffset start, Topic topic, IReadOnlyList<Line> lines)
    {
        var customer = string.Create(CultureInfo.InvariantCulture, $"user-{random.Next(10_000, 99_999)}");
        json.WriteStartObject();
        json.WriteString("conversation_id", id);
        json.WriteString("timestamp", Moment(start));
        json.WriteString("agent_id", assistant.ExternalId);
        json.WriteBoolean("is_resolved", random.Percent(75));
        if (random.Percent(80))
            json.WriteNumber("csat_score", random.Next(2, 11) / 2m);
        if (random.Percent(25))
        {
            json.WriteStartObject("missing_info");
            json.WriteString("reason", "customer_privacy_preference");
            json.WriteStartArray("fields");
            json.WriteStringValue("phone_number");
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteStartObject("user_data");
        json.WriteString("account_type", random.Of(["basic", "premium"]));
        json.WriteString("call_reason", topic.Reason);
        json.WriteEndObject();
        json.WriteStartArray("messages");
        var at = start;
        foreach (var (index, line) in lines.Index())
        {
            Message(json, id, index, line, line.Speaker == Speaker.Customer ? customer : assistant.ExternalId, at);
            at = at.AddMilliseconds(line.Text.Length * random.Next(20, 90) + random.Next(2_000, 15_000));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void Message(Utf8JsonWriter json, string conversation, int index, Line line, string sender, DateTimeOffset at)
    {
        json.WriteStartObject();
        json.WriteString("message_id", string.Create(CultureInfo.InvariantCulture, $"msg-{index + 1:000}"));
        json.WriteString("conversation_id", conversation);
        json.WriteString("role", line.Speaker switch { Speaker.Agent => "agent", Speaker.Customer => "customer", _ => "system" });
        json.WriteString("sender_id", sender);
        json.WriteString("content", line.Text);
        json.WriteString("timestamp", Moment(at));
        if (line.Speaker == Speaker.Agent)
        {
            json.WriteStartArray("logs");
            json.WriteStartObject();
            json.WriteString("action", random.Of(["account_lookup", "order_lookup", "answer"]));
            json.WriteNumber("duration_ms", random.Next(40, 900));
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
