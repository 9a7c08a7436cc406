using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Formats;
using static QualityIngest.Domain.Tests.Formats.Conversations;

namespace QualityIngest.Domain.Tests.Formats;

public sealed class ConversationRulesTests
{
    [Fact]
    public async Task The_vendor_s_example_is_read_whole()
    {
        var conversation = await Accepted(Sample);

        Assert.Equal(("conv-1", "agent-1", "agent-1"), (conversation.ExternalId, conversation.AgentId, conversation.AgentPart));
        Assert.Equal((Channel.Chat, RecordingType.Transcription, "en", "en"), (conversation.Channel, conversation.RecordingType, conversation.Language, conversation.LanguageBase));
        Assert.Equal(new DateTimeOffset(2025, 1, 15, 14, 30, 0, TimeSpan.Zero), conversation.StartedAt);
        Assert.Equal(new DateTimeOffset(2025, 1, 15, 14, 32, 0, TimeSpan.Zero), conversation.EndedAt);
        Assert.Equal((true, 4.5m), (conversation.IsResolved, conversation.CsatScore));
        Assert.Equal(
            """{"missing_info":{"reason":"privacy","fields":["phone_number"]},"user_data":{"account_type":"premium","preferences":{"language":"en-US","notifications":true}}}""",
            conversation.Members);
        Assert.Equal((1, Sample.Length), (conversation.Line, conversation.SourceBytes));
        Assert.Empty(conversation.Warnings);
    }

    [Fact]
    public async Task The_messages_become_utterances()
    {
        var transcript = (await Accepted(Sample)).Transcribed!;

        var second = transcript.Utterances[1];
        Assert.Equal((1, SpeakerRole.Agent, "agent-1", "msg-2", 30_250, "I'd be happy to."), (second.Index, second.Role, second.ParticipantId, second.MessageId, second.StartMs, second.Text));
        Assert.Equal(new DateTimeOffset(2025, 1, 15, 14, 30, 30, 250, TimeSpan.Zero), second.At);
        Assert.Equal("""{"logs":[{"action":"account_lookup","duration_ms":245,"confidence":0.950}]}""", second.Attributes!.ToString());
        var third = transcript.Utterances[2];
        Assert.Equal((null, null, null), (third.MessageId, third.ParticipantId, third.Attributes));
        Assert.Equal(
            [("user-1", SpeakerRole.Customer), ("agent-1", SpeakerRole.Agent), (null, SpeakerRole.Customer)],
            transcript.Participants.Select(participant => (participant.Id, participant.Role)));
    }

    [Theory]
    [InlineData("conversation_id", "\"conversation_id\": \"conv-1\",\n")]
    [InlineData("agent_id", "\"agent_id\": \"agent-1\",")]
    [InlineData("timestamp", "\"timestamp\": \"2025-01-15T14:30:00.000Z\",\n  \"agent")]
    public async Task A_required_member_that_is_absent_is_named(string name, string text)
    {
        Assert.Equal(($"$.{name}", "missing_value"), await Fault(With(text, text.EndsWith("agent", StringComparison.Ordinal) ? "\"agent" : "")));
    }

    [Theory]
    [InlineData("\"conversation_id\": \"conv-1\",\n", "\"conversation_id\": null,", "$.conversation_id", "missing_value")]
    [InlineData("\"conversation_id\": \"conv-1\",\n", "\"conversation_id\": \" \",", "$.conversation_id", "missing_value")]
    [InlineData("\"conversation_id\": \"conv-1\",\n", "\"conversation_id\": 17,", "$.conversation_id", "wrong_type")]
    [InlineData("\"agent_id\": \"agent-1\"", "\"agent_id\": \"\"", "$.agent_id", "missing_value")]
    [InlineData("\"agent_id\": \"agent-1\"", "\"agent_id\": {\"a\": [1]}", "$.agent_id", "wrong_type")]
    [InlineData("\"agent_id\": \"agent-1\"", "\"agent_id\": \"a\", \"agent_id\": \"b\"", "$.agent_id", "duplicate_member")]
    [InlineData("\"agent_id\": \"agent-1\"", "\"agent_id\": \"a\", \"agent\\u005fid\": \"b\"", "$['agent\\u005fid']", "duplicate_member")]
    [InlineData("\"is_resolved\": true", "\"is_resolved\": \"true\"", "$.is_resolved", "wrong_type")]
    [InlineData("\"csat_score\": 4.5", "\"csat_score\": \"4.5\"", "$.csat_score", "wrong_type")]
    [InlineData("\"csat_score\": 4.5", "\"csat_score\": 1000000.1", "$.csat_score", "out_of_range")]
    [InlineData("\"csat_score\": 4.5", "\"csat_score\": 1e400", "$.csat_score", "out_of_range")]
    [InlineData("\"csat_score\": 4.5", "\"csat_score\": 4.1234567", "$.csat_score", "out_of_range")]
    [InlineData("\"csat_score\": 4.5", "\"language\": \"e\"", "$.language", "language_invalid")]
    [InlineData("\"timestamp\": \"2025-01-15T14:30:00.000Z\",\n  \"agent", "\"timestamp\": 1736951400,\n  \"agent", "$.timestamp", "wrong_type")]
    [InlineData("\"timestamp\": \"2025-01-15T14:30:00.000Z\",\n  \"agent", "\"timestamp\": \"2025-01-15T14:30:00\",\n  \"agent", "$.timestamp", "timestamp_without_zone")]
    [InlineData("\"timestamp\": \"2025-01-15T14:30:00.000Z\",\n  \"agent", "\"timestamp\": \"yesterday, or the day before that, or so it seems\",\n  \"agent", "$.timestamp", "timestamp_invalid")]
    [InlineData("\"timestamp\": \"2025-01-15T14:30:00.000Z\",\n  \"agent", "\"timestamp\": \"2025-01-15T14:32:00.001Z\",\n  \"agent", "$.messages", "end_before_start")]
    [InlineData("\"reason\": \"privacy\"", "\"reason\": \"a\\u0000b\"", "$.missing_info.reason", "control_character")]
    [InlineData("\"reason\": \"privacy\"", "\"a\\u0000b\": 1", "$.missing_info['a\\u0000b']", "control_character")]
    [InlineData("\"reason\": \"privacy\"", "\"reason\": [0, {\"x\": \"\\ud800\"}]", "$.missing_info.reason[1].x", "escape_invalid")]
    [InlineData("\"reason\": \"privacy\"", "\"reason\": \"\u007f\"", "$.missing_info.reason", "control_character")]
    [InlineData("\"reason\": \"privacy\"", "\"reason\": \"\u0085\"", "$.missing_info.reason", "control_character")]
    [InlineData("\"user_data\": {", "\"conversation_id\": \"conv-1\", \"user_data\": {", "$.conversation_id", "duplicate_member")]
    public async Task A_value_against_the_rules_is_located(string part, string by, string field, string code) =>
        Assert.Equal((field, code), await Fault(With(part, by)));

    [Fact]
    public async Task All_faults_are_told_in_their_order_with_the_id_of_the_conversation()
    {
        var rejected = await Rejected(With("\"agent-1\",\n  \"is_resolved\": true", "1, \"is_resolved\": 2").Replace("customer", "visitor", StringComparison.Ordinal));

        Assert.Equal("conv-1", rejected.ExternalId);
        Assert.Equal(["$.agent_id", "$.is_resolved", "$.messages[0].role", "$.messages[2].role"], rejected.Errors.Select(error => error.Field));
    }

    [Fact]
    public async Task A_refused_id_is_not_told_as_the_conversation_s() =>
        Assert.Null((await Rejected(With("\"conversation_id\": \"conv-1\",\n", $"\"conversation_id\": \"{new string('x', 201)}\","))).ExternalId);

    [Fact]
    public async Task Ids_have_up_to_200_characters_as_people_count_them()
    {
        var (fits, exceeds) = (string.Concat(Enumerable.Repeat("🎧", 200)), string.Concat(Enumerable.Repeat("🎧", 201)));

        Assert.Equal(fits, (await Accepted(Sample.Replace("conv-1", fits, StringComparison.Ordinal))).ExternalId);
        Assert.Equal(("$.agent_id", "too_long"), await Fault(With("\"agent_id\": \"agent-1\"", $"\"agent_id\": \"{exceeds}\"")));
    }

    [Theory]
    [InlineData("null", null)]
    [InlineData("5", "5")]
    [InlineData("4.50", "4.50")]
    [InlineData("-1000000", "-1000000")]
    [InlineData("45e-1", "4.5")]
    public async Task A_score_keeps_its_digits(string written, string? read) =>
        Assert.Equal(read, (await Accepted(With("4.5", written))).CsatScore?.ToString(System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public async Task What_is_null_is_absent_where_the_member_is_known()
    {
        var conversation = await Accepted(With("true,\n", "null, \"language\": null,"));

        Assert.Equal((null, "en"), (conversation.IsResolved, conversation.Language));
    }

    [Fact]
    public async Task A_language_is_kept_with_its_base()
    {
        var conversation = await Accepted(With("\"csat_score\": 4.5", "\"language\": \"pt-BR\""));

        Assert.Equal(("pt-BR", "pt"), (conversation.Language, conversation.LanguageBase));
    }

    [Theory]
    [InlineData("""{"b":1,"a":2,"b":3}""")]
    [InlineData("""[123456789012345678901234567890.1234567890,1E+400000,-0.0,1e2]""")]
    [InlineData("\"\\u00e9\\ud83d\\ude00\\/\\t é🎧\"")]
    public async Task Unknown_members_stay_as_they_are_written(string value)
    {
        var conversation = await Accepted(With("\"csat_score\": 4.5", $"\"x\": {value}").Replace("\"logs\": [ {", $"\"y\": {value}, \"logs\": [ {{", StringComparison.Ordinal));

        Assert.StartsWith($"{{\"x\":{value},", conversation.Members, StringComparison.Ordinal);
        Assert.StartsWith($"{{\"y\":{value},", conversation.Transcribed!.Utterances[0].Attributes!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Members_of_64_levels_are_read_and_of_65_refused()
    {
        static string Nested(int levels) => With("\"csat_score\": 4.5", $"\"x\": {new string('[', levels)}{new string(']', levels)}");

        Assert.Contains(new string('[', 63), (await Accepted(Nested(63))).Members, StringComparison.Ordinal);
        var (field, code) = await Fault(Nested(64));
        Assert.Equal("json_too_deep", code);
        Assert.StartsWith("$.x[0][0]", field, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_beyond_a_hundred_are_not_told()
    {
        var rejected = await Rejected(With("\"csat_score\": 4.5", $"\"x\": [{string.Join(',', Enumerable.Repeat("\"\\ud800\"", 5_000))}]"));

        Assert.Equal(101, rejected.Errors.Count);
        Assert.Equal("too_many_faults", rejected.Errors[^1].Code);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("\"conv\"")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("true")]
    public async Task An_element_that_is_no_object_is_refused(string element) =>
        Assert.Equal(("$", "wrong_type"), await Fault(Array(element)));
}
