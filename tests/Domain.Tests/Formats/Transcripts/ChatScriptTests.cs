using System.Globalization;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Formats.Transcripts;

namespace QualityIngest.Domain.Tests.Formats.Transcripts;

public sealed class ChatScriptTests
{
    [Fact]
    public void The_guides_example_is_read()
    {
        var transcript = Documents.Chatted(Documents.Chat);

        Assert.Equal(
            [
                new(0, SpeakerRole.Agent, "john.smith@company.com", 6_000, null, At("13:30:06"), "Hello, what can I do for you?", null, null),
                new(1, SpeakerRole.Customer, "customer_12345", 53_142, null, At("13:30:53.142"), "My invoice names the wrong street.", null, null),
            ],
            transcript.Utterances);
        Assert.Equal(
            [new Participant("john.smith@company.com", SpeakerRole.Agent), new Participant("customer_12345", SpeakerRole.Customer)],
            transcript.Participants);
        Assert.Empty(transcript.Warnings);
    }

    [Fact]
    public void Messages_are_ordered_by_timestamp_and_then_by_their_key_as_a_number()
    {
        var transcript = Documents.Chatted($$"""
            { "10": {{Message("d", 2_000)}}, "9": {{Message("c", 2_000)}}, "2": {{Message("b", 1_000)}}, "11": {{Message("a", 500)}} }
            """);

        Assert.Equal(["a", "b", "c", "d"], transcript.Utterances.Select(utterance => utterance.Text));
        Assert.Equal([0, 1, 2, 3], transcript.Utterances.Select(utterance => utterance.Index));
    }

    [Theory]
    [InlineData("AGENT", SpeakerRole.Agent)]
    [InlineData("USER", SpeakerRole.Customer)]
    [InlineData("SYSTEM", SpeakerRole.System)]
    [InlineData("agent", SpeakerRole.Agent)]
    public void The_type_says_who_speaks(string type, SpeakerRole role) =>
        Assert.Equal(role, Assert.Single(Documents.Chatted($$$"""{"1":{"type":"{{{type}}}","text":"","timestamp":1749562206000,"userId":"u"}}""").Utterances).Role);

    [Theory]
    [InlineData("the type is another word", """{"1":{"type":"BOT","text":"a","timestamp":1,"userId":"u"}}""", "speaker_type_invalid", "$['1'].type")]
    [InlineData("the type is absent", """{"1":{"text":"a","timestamp":1,"userId":"u"}}""", "missing_member", "$['1'].type")]
    [InlineData("the text is absent", """{"1":{"type":"USER","timestamp":1,"userId":"u"}}""", "missing_member", "$['1'].text")]
    [InlineData("the text is null", """{"1":{"type":"USER","text":null,"timestamp":1,"userId":"u"}}""", "missing_member", "$['1'].text")]
    [InlineData("the text is an object", """{"1":{"type":"USER","text":{},"timestamp":1,"userId":"u"}}""", "wrong_type", "$['1'].text")]
    [InlineData("the timestamp is absent", """{"1":{"type":"USER","text":"a","userId":"u"}}""", "missing_member", "$['1'].timestamp")]
    [InlineData("the timestamp is a text", """{"1":{"type":"USER","text":"a","timestamp":"1749562206000","userId":"u"}}""", "wrong_type", "$['1'].timestamp")]
    [InlineData("the timestamp is beyond the calendar", """{"1":{"type":"USER","text":"a","timestamp":253402300800000,"userId":"u"}}""", "out_of_range", "$['1'].timestamp")]
    [InlineData("the timestamp is before the calendar", """{"1":{"type":"USER","text":"a","timestamp":-62135596800001,"userId":"u"}}""", "out_of_range", "$['1'].timestamp")]
    [InlineData("the user is absent", """{"1":{"type":"USER","text":"a","timestamp":1}}""", "missing_member", "$['1'].userId")]
    [InlineData("a message is a text", """{"1":"hello"}""", "wrong_type", "$['1']")]
    [InlineData("a key is a word", """{"first":{"type":"USER","text":"a","timestamp":1,"userId":"u"}}""", "message_key_invalid", "$.first")]
    [InlineData("a key is negative", """{"-1":{"type":"USER","text":"a","timestamp":1,"userId":"u"}}""", "message_key_invalid", "$['-1']")]
    [InlineData("a key is empty", """{"":{"type":"USER","text":"a","timestamp":1,"userId":"u"}}""", "message_key_invalid", "$")]
    [InlineData("a message stands twice", """{"1":{"type":"USER","text":"a","timestamp":1,"userId":"u"},"01":{"type":"USER","text":"b","timestamp":1,"userId":"u"}}""", "duplicate_member", "$['01']")]
    [InlineData("there are no messages", "{}", "empty_transcript", "$")]
    [InlineData("the root is an array", "[]", "wrong_type", "$")]
    [InlineData("the second message is faulty", """{"1":{"type":"USER","text":"a","timestamp":1,"userId":"u"},"2":{}}""", "missing_member", "$['2'].type")]
    [InlineData("the text holds NUL", """{"1":{"type":"USER","text":"\u0000","timestamp":1,"userId":"u"}}""", "control_character", "$['1'].text")]
    [InlineData("the text holds a raw control character", "{\"1\":{\"type\":\"USER\",\"text\":\"\u0092\",\"timestamp\":1,\"userId\":\"u\"}}", "control_character", "$['1'].text")]
    public void A_chat_is_refused_when(string sentence, string json, string code, string path)
    {
        var error = Assert.IsType<TranscriptError>(Documents.ReadChat(json));

        Assert.Equal((code, path), (error.Code, error.Path));
        Assert.NotEmpty(error.Message);
        Assert.NotEmpty(sentence);
    }

    [Fact]
    public void A_fault_is_located_to_the_byte()
    {
        const string json = """{"1":{"type":"USER","text":"é","timestamp":"x","userId":"u"}}""";

        var error = Assert.IsType<TranscriptError>(Documents.ReadChat("\uFEFF" + json));

        Assert.Equal(System.Text.Encoding.UTF8.GetByteCount(json[..json.IndexOf("\"x\"", StringComparison.Ordinal)]) + 3, error.Position);
    }

    [Fact]
    public void Escaped_control_characters_other_than_NUL_stay() =>
        Assert.Equal("a\u000bb\tc", Assert.Single(Documents.Chatted("""{"1":{"type":"USER","text":"a\u000bb\tc","timestamp":1,"userId":"u"}}""").Utterances).Text);

    [Fact]
    public void Unknown_members_are_passed_over_and_a_numeric_user_is_taken_as_written()
    {
        var utterance = Assert.Single(Documents.Chatted("""{"1":{"type":"USER","x":[{}],"text":"a","timestamp":1749562206000.0,"userId":42,"y":null}}""").Utterances);

        Assert.Equal(("42", 6_000), (utterance.ParticipantId, utterance.StartMs));
    }

    [Theory]
    [InlineData(-1_001, true)]
    [InlineData(-1_000, false)]
    [InlineData(600_999, false)]
    [InlineData(601_001, true)]
    public void What_lies_outside_the_conversation_by_more_than_a_second_is_kept_with_a_warning(long startMs, bool warned)
    {
        var transcript = Documents.Chatted($$"""{"1":{{Message("a", startMs)}}}""");

        Assert.Equal(startMs, Assert.Single(transcript.Utterances).StartMs);
        Assert.Equal(warned ? ["outside_conversation"] : [], transcript.Warnings);
    }

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse($"2025-06-10T{time}Z", CultureInfo.InvariantCulture);

    private static string Message(string text, long startMs) =>
        $$"""{"type":"USER","text":"{{text}}","timestamp":{{Documents.Context.StartedAt.ToUnixTimeMilliseconds() + startMs}},"userId":"u"}""";
}
