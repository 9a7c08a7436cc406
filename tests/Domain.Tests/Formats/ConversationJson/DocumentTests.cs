using System.Text;
using QualityIngest.Domain.Formats;
using static QualityIngest.Domain.Tests.Formats.Conversations;

namespace QualityIngest.Domain.Tests.Formats;

public sealed class DocumentTests
{
    private static readonly ConversationJsonOptions Tight = new() { ConversationBytes = 400 };

    [Theory]
    [InlineData("a/b.json", true)]
    [InlineData("a/b.JSONL", true)]
    [InlineData("b.ndjson", true)]
    [InlineData("b.Zip", true)]
    [InlineData("b.tar.GZ", true)]
    [InlineData("b.tgz", true)]
    [InlineData("b.json.gz", true)]
    [InlineData("b.ndjson.gz", true)]
    [InlineData("b.gz", false)]
    [InlineData("b.csv.gz", false)]
    [InlineData("b.zip.gz", false)]
    [InlineData("b.json.gz.gz", false)]
    [InlineData("b.tar", false)]
    [InlineData("b.csv", false)]
    [InlineData("json", false)]
    public void A_file_is_told_by_the_end_of_its_name(string key, bool isCandidate) =>
        Assert.Equal(isCandidate, new ConversationJsonFormat(Microsoft.Extensions.Options.Options.Create(new ConversationJsonOptions())).Judge(new(key, 1)) is Verdict.Read);

    [Fact]
    public async Task An_array_gives_its_conversations_with_their_places()
    {
        var items = await Read($" \r\n[ {Small("a")} ,\n {Small("b")}\t, {Small("a")} ] \n");

        Assert.Equal(["1 a", "2 b", "3 a"], Told(items));
        Assert.Equal([0L, 1, 2], items.Select(item => item.Place!.Index));
    }

    [Fact]
    public async Task Lines_give_their_conversations_with_their_places()
    {
        var items = await Read($"\n{Small("a")}\r\n \t\r\n\n{Small("b")}\n{Small("c")}", "file.ndjson");

        Assert.Equal(["1 a", "2 b", "3 c"], Told(items));
        Assert.Equal([2L, 5, 6], items.Select(item => item.Place!.Line));
    }

    [Theory]
    [InlineData("file.json")]
    [InlineData("file.jsonl")]
    public async Task A_byte_order_mark_is_passed_over(string name) =>
        Assert.Equal(["1 a"], Told(await Read($"\uFEFF{Small("a")}", name)));

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t ")]
    [InlineData("\uFEFF")]
    public async Task A_document_of_nothing_is_empty(string text) => Assert.Equal(["1 end empty_file"], Told(await Read(text)));

    [Theory]
    [InlineData("[]")]
    [InlineData(" [\n] ")]
    public async Task An_array_of_nothing_has_no_conversations(string text) => Assert.Empty(await Read(text));

    [Fact]
    public async Task Lines_of_nothing_have_no_conversations() => Assert.Empty(await Read("\n \r\n", "file.jsonl"));

    [Fact]
    public async Task One_bad_element_is_refused_and_the_rest_goes_on() =>
        Assert.Equal(
            ["1 a", "2 wrong_type", "3 missing_value", "4 b"],
            Told(await Read(Array(Small("a"), "[1]", Small("x").Replace("agent_id", "agent", StringComparison.Ordinal), Small("b")))));

    [Fact]
    public async Task One_bad_line_is_refused_and_the_rest_goes_on()
    {
        var items = await Read($"{Small("a")}\n{{\"a\": 1,}}\n{Small("b")[..40]}\n{Small("c")}}}\n{Small("d")} {Small("e")}\n\"\n{Small("f")}\n", "file.jsonl");

        Assert.Equal(["1 a", "2 json_invalid", "3 json_truncated", "4 json_invalid", "5 json_invalid", "6 json_truncated", "7 f"], Told(items));
        Assert.Contains("line 2, byte 9", ((RejectedRow)items[1]).Errors[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"a\" 1}", "line 3, byte 6")]
    [InlineData("{\"a\": tru}", "line 3, byte 10")]
    [InlineData("{\"a\":\n  1 2}", "line 4, byte 5")]
    [InlineData("{\"a: 1},\n{\"b\": 1}", "line 3, byte 9")]
    public async Task A_broken_element_ends_its_array_behind_it(string element, string place)
    {
        var items = await Read($"[\n{Small("a")},\n{element},{Small("b")}]");

        Assert.Equal(["1 a", "2 json_invalid", "3 end json_invalid"], Told(items));
        var error = Assert.Single(((RejectedRow)items[1]).Errors);
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("$", error.Field, StringComparison.Ordinal);
        Assert.Equal(1, items[1].Place!.Index);
    }

    [Fact]
    public async Task A_raw_control_character_or_bytes_that_are_no_UTF8_cost_one_element()
    {
        var text = Array(Small("a").Replace("Hi", "H\u0001", StringComparison.Ordinal), Small("b").Replace("Hi", "H\t", StringComparison.Ordinal), Small("c"), Small("d"));
        var bytes = Bytes(text);
        bytes[text.IndexOf("Hi", StringComparison.Ordinal)] = 0xFF;

        var items = await Read(bytes, "file.json");

        Assert.Equal(["1 control_character", "2 json_invalid", "3 invalid_utf8", "4 d"], Told(items));
        Assert.Equal(("$.messages[0].content", "c"), (((RejectedRow)items[2]).Errors[0].Field, "c"));
    }

    [Fact]
    public async Task A_raw_line_end_in_a_text_ends_the_array() =>
        Assert.Equal(["1 json_invalid", "2 end json_invalid"], Told(await Read(Array(Small("a").Replace("Hi", "H\n", StringComparison.Ordinal), Small("b")))));

    [Theory]
    [InlineData("[", "1 end json_truncated")]
    [InlineData("[1", "1 wrong_type|2 end json_truncated")]
    [InlineData("[{\"a\":", "1 json_truncated|2 end json_truncated")]
    [InlineData("[{\"a\":\"\\", "1 json_truncated|2 end json_truncated")]
    [InlineData("[{\"a\":1 2", "1 json_invalid|2 end json_invalid")]
    [InlineData("{\"a\":", "1 json_truncated")]
    [InlineData("[,]", "1 end json_invalid")]
    [InlineData("[1,]", "1 wrong_type|2 end json_invalid")]
    [InlineData("[1,", "1 wrong_type|2 end json_truncated")]
    [InlineData("[1 2]", "1 wrong_type|2 end json_invalid")]
    [InlineData("[1}", "1 wrong_type|2 end json_invalid")]
    [InlineData("[{]", "1 json_invalid|2 end json_invalid")]
    [InlineData("[{]}", "1 json_invalid|2 end json_invalid")]
    [InlineData("[1]]", "1 wrong_type|2 end json_invalid")]
    [InlineData("[] []", "1 end json_invalid")]
    [InlineData("{} {}", "1 missing_value+missing_value+missing_value+missing_value|2 end json_invalid")]
    [InlineData("7", "1 end json_invalid")]
    [InlineData("conversation_id,agent_id", "1 end json_invalid")]
    public async Task What_is_around_the_elements_is_held_to_the_grammar(string text, string told) =>
        Assert.Equal(told.Split('|'), Told(await Read(text)));

    [Fact]
    public async Task What_follows_the_document_is_located() =>
        Assert.Contains("line 3, byte 2", ((FileError)(await Read("[\n]\n ]"))[0]).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("file.json", "[", ",", "]")]
    [InlineData("file.jsonl", "", "\n", "\n")]
    public async Task A_conversation_that_is_too_large_is_passed_over(string name, string start, string between, string end)
    {
        var large = Small("large").Replace("Hi", new string('x', 200_000) + "\\\"{[", StringComparison.Ordinal);

        var items = await Read(string.Concat(start, Small("a"), between, large, between, Small("b"), end), name, Tight);

        Assert.Equal(["1 a", "2 record_too_large", "3 b"], Told(items));
    }

    [Fact]
    public async Task A_lost_quote_is_told_as_such_however_much_follows()
    {
        var many = string.Join(",\n", Enumerable.Range(0, 2_000).Select(i => Small($"c{i}")));

        var items = await Read($"[{Small("a").Replace("\"a\"", "\"a", StringComparison.Ordinal)},{many}]", options: Tight);

        Assert.Equal(["1 json_invalid", "2 end json_invalid"], Told(items));
    }

    [Fact]
    public async Task Depth_costs_one_element_however_deep()
    {
        var deep = new string('[', 1_000_000);

        Assert.Equal(["1 json_too_deep", "2 b"], Told(await Read(Array(deep + new string(']', 1_000_000), Small("b")))));
        Assert.Equal(["1 json_truncated", "2 end json_truncated"], Told(await Read("[" + deep)));
        Assert.Equal(["1 json_truncated", "2 b"], Told(await Read($"{deep}\n{Small("b")}", "file.jsonl")));
    }

    [Fact]
    public async Task Another_encoding_is_told_as_no_JSON()
    {
        var items = await Read(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Small("a"))).ToArray(), "file.json");

        Assert.Equal(["1 end json_invalid"], Told(items));
    }

    [Fact]
    public async Task Reading_behind_a_number_gives_the_same_numbers_again()
    {
        var file = Array(Small("a"), "7", Small("b"), "{\"a\":1 2}", Small("c"));

        Assert.Equal(Told(await Read(file)), Told(await Read(file)));
    }
}
