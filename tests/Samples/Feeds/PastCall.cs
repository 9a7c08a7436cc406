using System.Globalization;
using System.Text.Json;
using QualityIngest.Samples.Dialogue;

namespace QualityIngest.Samples.Feeds;

/// <summary>A call of the past, as the feeds of one day tell of it: its messages, its row among the call records, a sale.</summary>
internal sealed record PastCall(string Id, string Customer, DateTimeOffset Start, string Queue, string Reason, string? TransferredTo, IReadOnlyList<(Line Line, DateTimeOffset At)> Lines)
{
    private const string Moments = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>The columns of <see cref="Record"/>: not in the documented order, and one that no schema knows.</summary>
    public const string RecordHeader = "conversation_id,customer_id,call_start,call_end,agent_queue_assigned,time_in_queue,call_wrap_time,transfer,disposition_category,caller_account_value,site";

    /// <summary>The columns of <see cref="Sale"/>.</summary>
    public const string SaleHeader = "transaction_id,transaction_time,transaction_value_one_time,external_customer_id,issue_id,external_session_id,product_id,product_quantity";

    private DateTimeOffset End => Lines[^1].At.AddSeconds(4);

    /// <summary>Makes one up.</summary>
    public static PastCall MakeUp(Random random, DateOnly day, int number)
    {
        var topic = random.Of(Topic.In("en"));
        var start = new DateTimeOffset(day, new TimeOnly(8, 0), TimeSpan.Zero).AddSeconds(random.Next(36_000));
        var at = start.AddSeconds(3);
        var lines = new List<(Line, DateTimeOffset)>();
        foreach (var line in Script.Write(random, topic, random.Of(Company.Agents.Where(agent => agent.Language == "en").ToList()), isChat: false))
        {
            lines.Add((line, at));
            at = at.AddMilliseconds(line.Text.Length * 60 + random.Next(400, 3_000));
        }

        return new(
            string.Create(CultureInfo.InvariantCulture, $"past-{day:yyyyMMdd}-{number:000}"), string.Create(CultureInfo.InvariantCulture, $"customer-{random.Next(1_000, 9_999)}"),
            start, Company.QueueFor(topic.Reason).Name, topic.Reason, random.Percent(25) ? Company.Queues[0].Name : null, lines);
    }

    /// <summary>Its messages, each a line of JSON.</summary>
    public IEnumerable<string> Messages() => Lines.Select(said => JsonSerializer.Serialize(
        new Dictionary<string, string>
        {
            ["conversation_externalId"] = Id,
            ["sender_externalId"] = said.Line.Speaker == Speaker.Customer ? Customer : "agent",
            ["sender_role"] = said.Line.Speaker == Speaker.Customer ? "customer" : "agent",
            ["text"] = said.Line.Text,
            ["timestamp"] = Moment(said.At),
        }));

    /// <summary>Its row among the call records.</summary>
    public string Record() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Id},{Customer},{Moment(Start)},{Moment(End)},{Queue},{Start.Second},30,{TransferredTo ?? "NA"},{Reason},{Start.Minute + 100}.50,Leeds");

    /// <summary>The same with its end before its start.</summary>
    public string BrokenRecord() => Record().Replace(Moment(End), Moment(Start.AddSeconds(-1)), StringComparison.Ordinal);

    /// <summary>A sale that was made in it.</summary>
    public string Sale() => string.Create(
        CultureInfo.InvariantCulture, $"order-{Id},{Moment(End)},{Start.Minute}.99,{Customer},{Id},session-{Id},HP-{Start.Second:00},1");

    private static string Moment(DateTimeOffset at) => at.ToString(Moments, CultureInfo.InvariantCulture);
}
