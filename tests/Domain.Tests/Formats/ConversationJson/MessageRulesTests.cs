using QualityIngest.Domain.Conversations;
using static QualityIngest.Domain.Tests.Formats.Conversations;

namespace QualityIngest.Domain.Tests.Formats;

public sealed class MessageRulesTests
{
    private const string Third = """{ "role": "customer", "content": "Thank you!", "timestamp": "2025-01-15T14:32:00Z" }""";

    [Theory]
    [InlineData("{}", "$.messages[2].role+$.messages[2].content+$.messages[2].timestamp")]
    [InlineData("""{ "role": null, "content": null, "timestamp": null }""", "$.messages[2].role+$.messages[2].content+$.messages[2].timestamp")]
    public async Task What_a_message_lacks_is_named(string message, string fields)
    {
        var rejected = await Rejected(With(Third, message));

        Assert.Equal(fields, string.Join('+', rejected.Errors.Select(error => error.Field)));
        Assert.All(rejected.Errors, error => Assert.Equal("missing_value", error.Code));
    }

    [Theory]
    [InlineData("\"role\": \"customer\"", "\"role\": \"visitor\"", "$.messages[2].role", "role_invalid")]
    [InlineData("\"role\": \"customer\"", "\"role\": \"\"", "$.messages[2].role", "role_invalid")]
    [InlineData("\"role\": \"customer\"", "\"role\": \"unknown\"", "$.messages[2].role", "role_invalid")]
    [InlineData("\"role\": \"customer\"", "\"role\": 1", "$.messages[2].role", "wrong_type")]
    [InlineData("\"role\": \"customer\"", "\"role\": \"bot\", \"role\": \"bot\"", "$.messages[2].role", "duplicate_member")]
    [InlineData("\"content\": \"Thank you!\"", "\"content\": [\"Thank you!\"]", "$.messages[2].content", "wrong_type")]
    [InlineData("\"content\": \"Thank you!\"", "\"content\": \"half \\udc00\"", "$.messages[2].content", "escape_invalid")]
    [InlineData("\"content\": \"Thank you!\"", "\"content\": \"\\u0000\"", "$.messages[2].content", "control_character")]
    [InlineData("\"content\": \"Thank you!\"", "\"content\": \"a\u009fb\"", "$.messages[2].content", "control_character")]
    [InlineData("\"timestamp\": \"2025-01-15T14:32:00Z\"", "\"timestamp\": \"2025-01-15T14:32:00\"", "$.messages[2].timestamp", "timestamp_without_zone")]
    [InlineData("\"timestamp\": \"2025-01-15T14:32:00Z\"", "\"timestamp\": \"2025-02-30T14:32:00Z\"", "$.messages[2].timestamp", "timestamp_invalid")]
    [InlineData("\"timestamp\": \"2025-01-15T14:32:00Z\"", "\"timestamp\": \"2025-01-15T14:32:00Z\", \"conversation_id\": \"conv-2\"", "$.messages[2].conversation_id", "conversation_mismatch")]
    [InlineData("\"timestamp\": \"2025-01-15T14:32:00Z\"", "\"timestamp\": \"2025-01-15T14:32:00Z\", \"conversation_id\": 1", "$.messages[2].conversation_id", "wrong_type")]
    [InlineData("\"timestamp\": \"2025-01-15T14:32:00Z\"", "\"timestamp\": \"2025-01-15T14:32:00Z\", \"sender_id\": true", "$.messages[2].sender_id", "wrong_type")]
    public async Task A_value_against_the_rules_is_located(string part, string by, string field, string code) =>
        Assert.Equal((field, code), await Fault(With(Third, Third.Replace(part, by, StringComparison.Ordinal))));

    [Theory]
    [InlineData("[]", "$.messages", "no_messages")]
    [InlineData("null", "$.messages", "missing_value")]
    [InlineData("{}", "$.messages", "wrong_type")]
    [InlineData("[7]", "$.messages[0]", "wrong_type")]
    [InlineData("[null]", "$.messages[0]", "wrong_type")]
    public async Task Messages_are_an_array_of_at_least_one_object(string messages, string field, string code)
    {
        var start = Sample.IndexOf("\"messages\": ", StringComparison.Ordinal) + 12;

        Assert.Equal((field, code), await Fault(Sample[..start] + messages + "}"));
    }

    [Fact]
    public async Task A_claim_is_held_against_an_id_that_comes_later()
    {
        var text = With("\"conversation_id\": \"conv-1\",\n", "").TrimEnd()[..^1] + ", \"conversation_id\": \"conv-2\" }";

        Assert.Equal(("$.messages[0].conversation_id", "conversation_mismatch"), await Fault(text));
    }

    [Fact]
    public async Task What_is_refused_names_no_conversation_but_its_own()
    {
        var rejected = await Rejected(With(Third, Third.Replace("\"role\"", "\"conversation_id\": \"somebody-else-s\", \"role\"", StringComparison.Ordinal)));

        Assert.Equal("conversation_mismatch", Assert.Single(rejected.Errors).Code);
        Assert.DoesNotContain("somebody", rejected.Errors[0].Message, StringComparison.Ordinal);
        Assert.Contains($"'{rejected.ExternalId}'", rejected.Errors[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Agent", SpeakerRole.Agent)]
    [InlineData("BOT", SpeakerRole.Bot)]
    [InlineData("system", SpeakerRole.System)]
    [InlineData("USER", SpeakerRole.Customer)]
    public async Task Roles_are_words_of_any_case(string word, SpeakerRole role) =>
        Assert.Equal(role, (await Accepted(With(Third, Third.Replace("customer", word, StringComparison.Ordinal)))).Transcribed!.Utterances[2].Role);

    [Fact]
    public async Task Content_may_be_empty_and_keeps_its_spaces_and_line_ends()
    {
        Assert.Equal("", (await Accepted(With("Thank you!", ""))).Transcribed!.Utterances[2].Text);
        Assert.Equal(" a\n\tb ", (await Accepted(With("Thank you!", " a\\n\\tb "))).Transcribed!.Utterances[2].Text);
    }

    [Fact]
    public async Task Ids_of_messages_and_senders_may_be_numbers()
    {
        var message = (await Accepted(With("\"msg-1\"", "9007199254740993").Replace("\"user-1\"", "17", StringComparison.Ordinal))).Transcribed!.Utterances[0];

        Assert.Equal(("9007199254740993", "17"), (message.MessageId, message.ParticipantId));
    }

    [Fact]
    public async Task Messages_are_ordered_by_time_then_as_they_stand()
    {
        static string Message(string text, int second) =>
            $$"""{"role":"bot","content":"{{text}}","timestamp":"2025-01-15T14:30:{{second:D2}}Z","n":"{{text}}"}""";
        var start = Sample.IndexOf("\"messages\": ", StringComparison.Ordinal) + 12;

        var conversation = await Accepted($"{Sample[..start]}[{Message("c", 9)},{Message("a", 5)},{Message("d", 9)},{Message("b", 5)}]}}");

        Assert.Equal(["a", "b", "c", "d"], conversation.Transcribed!.Utterances.Select(utterance => utterance.Text));
        Assert.Equal(["a", "b", "c", "d"], conversation.Transcribed.Utterances.Select(utterance => utterance.Attributes!.ToString()[6..7]));
        Assert.Equal(9, conversation.EndedAt.Second);
    }

    [Fact]
    public async Task A_message_before_the_conversation_s_start_is_kept_with_a_warning()
    {
        var conversation = await Accepted(With("\"2025-01-15T14:30:00.000Z\",\n  \"agent", "\"2025-01-15T14:30:01.5Z\",\n  \"agent"));

        Assert.Equal(-1_500, conversation.Transcribed!.Utterances[0].StartMs);
        Assert.Equal(["outside_conversation"], conversation.Warnings);
        Assert.Empty((await Accepted(With("\"2025-01-15T14:30:00.000Z\",\n  \"agent", "\"2025-01-15T14:30:01Z\",\n  \"agent"))).Warnings);
    }

    [Fact]
    public async Task A_conversation_of_one_moment_is_accepted_with_a_warning() =>
        Assert.Equal(["zero_duration"], (await Accepted(Small("x").Replace(":05Z", ":00Z", StringComparison.Ordinal))).Warnings);

    [Fact]
    public async Task Offsets_are_read_to_the_microsecond() =>
        Assert.Equal(
            new DateTimeOffset(2025, 1, 15, 14, 32, 0, TimeSpan.Zero).AddMicroseconds(123_456),
            (await Accepted(With("14:32:00Z", "16:32:00.123456789+02:00"))).EndedAt);
}
