using System.Text.Json;
using System.Text.Json.Nodes;
using static QualityIngest.Domain.Tests.Formats.Conversations;

namespace QualityIngest.Domain.Tests.Formats;

public sealed class ConversationHashTests
{
    [Fact]
    public async Task White_space_and_the_order_of_members_do_not_count()
    {
        static JsonNode? Turned(JsonNode? node) => node switch
        {
            JsonObject known => new JsonObject(known.Reverse().Select(member => KeyValuePair.Create(member.Key, Turned(member.Value)))),
            JsonArray array => new JsonArray([.. array.Select(Turned)]),
            _ => node?.DeepClone(),
        };

        var turned = Turned(JsonNode.Parse(Sample))!.ToJsonString(new JsonSerializerOptions { WriteIndented = true, IndentSize = 7 });

        Assert.NotEqual(Sample, turned);
        Assert.Equal(await Hash(Sample), await Hash(turned));
    }

    [Theory]
    [InlineData("4.5", "4.50")]
    [InlineData("4.5", "45e-1")]
    [InlineData("245", "2.45E+2")]
    [InlineData("0.950", "0.95")]
    [InlineData("0.950", "95e-2")]
    [InlineData("Hello", "\\u0048ello")]
    [InlineData("web_chat", "web\\u005fchat")]
    [InlineData("\"action\"", "\"\\u0061ction\"")]
    [InlineData("\"agent_id\"", "\"agent\\u005fid\"")]
    [InlineData("2025-01-15T14:32:00Z", "2025-01-15T16:32:00.000+02:00")]
    [InlineData("\"role\": \"customer\"", "\"role\": \"USER\"")]
    [InlineData("\"is_resolved\": true,", "\"is_resolved\": true, \"language\": \"en\",")]
    [InlineData("\"is_resolved\": true,", "\"is_resolved\": true, \"language\": null,")]
    [InlineData("\"msg-2\", \"conversation_id\": \"conv-1\",", "\"msg-2\",")]
    public async Task Another_spelling_is_the_same_content(string part, string by) => Assert.Equal(await Hash(Sample), await Hash(With(part, by)));

    [Theory]
    [InlineData("conv-1", "conv-2")]
    [InlineData("\"agent_id\": \"agent-1\"", "\"agent_id\": \"agent-2\"")]
    [InlineData("\"timestamp\": \"2025-01-15T14:30:00.000Z\",\n  \"agent", "\"timestamp\": \"2025-01-15T14:29:59.999Z\",\n  \"agent")]
    [InlineData("true,\n", "false,\n")]
    [InlineData("true,\n", "null,\n")]
    [InlineData("4.5", "4.51")]
    [InlineData("4.5", "45")]
    [InlineData("4.5", "-4.5")]
    [InlineData("4.5", "null")]
    [InlineData("4.5", "4.5, \"language\": \"de\"")]
    [InlineData("\"privacy\"", "null")]
    [InlineData("\"privacy\"", "\"Privacy\"")]
    [InlineData("[\"phone_number\"]", "[[\"phone_number\"]]")]
    [InlineData("[\"phone_number\"]", "\"phone_number\"")]
    [InlineData("[\"phone_number\"]", "[\"phone_number\", []]")]
    [InlineData("\"premium\"", "true")]
    [InlineData("245", "2450")]
    [InlineData("245", "-245")]
    [InlineData("245", "\"245\"")]
    [InlineData("0.950", "0.9500000000000000000000000000000000001")]
    [InlineData("Hello", "hello")]
    [InlineData("\"msg-1\"", "\"msg-0\"")]
    [InlineData("\"msg-1\"", "null")]
    [InlineData("\"user-1\"", "\"user-2\"")]
    [InlineData("14:30:30.250Z", "14:30:30.250001Z")]
    [InlineData("\"role\": \"agent\"", "\"role\": \"bot\"")]
    [InlineData("\"missing_info\"", "\"missing_infos\"")]
    [InlineData("\"logs\": [ { \"action\": \"user_input\"", "\"logs\": [ { \"actions\": \"user_input\"")]
    public async Task Another_content_is_another_hash(string part, string by) => Assert.NotEqual(await Hash(Sample), await Hash(With(part, by)));

    [Fact]
    public async Task Messages_count_in_the_order_of_time()
    {
        var messages = JsonNode.Parse(Sample)!;
        var array = messages["messages"]!.AsArray();
        messages["messages"] = new JsonArray([.. array.Reverse().Select(message => message!.DeepClone())]);
        var moved = JsonNode.Parse(Sample)!;
        moved["messages"]![0]!["content"] = array[1]!["content"]!.DeepClone();
        moved["messages"]![1]!["content"] = array[0]!["content"]!.DeepClone();

        Assert.Equal(await Hash(Sample), await Hash(messages.ToJsonString()));
        Assert.NotEqual(await Hash(Sample), await Hash(moved.ToJsonString()));
    }

    [Theory]
    [InlineData("0", "-0.0e5", true)]
    [InlineData("0", "0e99999999999999999999", false)]
    [InlineData("1e99999999999999999999", "1e99999999999999999999", true)]
    [InlineData("1e99999999999999999999", "1e99999999999999999998", false)]
    [InlineData("100000000000000000000000000000", "1e29", true)]
    [InlineData("0.001000", "1e-3", true)]
    [InlineData("1e5", "1e6", false)]
    [InlineData("""{"a":1,"a":2}""", """{"a":2,"a":1}""", false)]
    [InlineData("""{"a":1,"b":{"x":1,"w":[{"d":1,"c":2}]}}""", """{"b":{"w":[{"c":2,"d":1}],"x":1},"a":1}""", true)]
    [InlineData("""{"a":{"b":1}}""", """{"a":{},"b":1}""", false)]
    [InlineData("""["ab","c"]""", """["a","bc"]""", false)]
    public async Task Values_of_any_kind_are_compared_by_what_they_are(string left, string right, bool same) =>
        Assert.Equal(same, await Hash(With("245", left)) == await Hash(With("245", right)));

    [Fact]
    public async Task Objects_of_many_members_are_compared_whatever_their_order()
    {
        var names = Enumerable.Range(0, 500).Select(i => $"\"n{i * 7919 % 500}\":{{\"b\":{i * 7919 % 500},\"a\":1}}").ToList();

        Assert.Equal(await Hash(With("245", $"{{{string.Join(',', names)}}}")), await Hash(With("245", $"{{{string.Join(',', names.Order(StringComparer.Ordinal))}}}")));
        Assert.NotEqual(await Hash(With("245", $"{{{string.Join(',', names)}}}")), await Hash(With("245", $"{{{string.Join(',', names.Skip(1))}}}")));
    }

    private static async Task<string> Hash(string text)
    {
        var hash = (await Accepted(text)).ContentHash;
        Assert.Matches("^[0-9a-f]{64}$", hash);
        return hash;
    }
}
