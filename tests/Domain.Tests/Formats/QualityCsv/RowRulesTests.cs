using System.Globalization;
using QualityIngest.Domain.Formats;

namespace QualityIngest.Domain.Tests.Formats;

public sealed class RowRulesTests
{
    [Theory]
    [InlineData("the id is absent", "voice", "conversationId", "", "missing_value")]
    [InlineData("the id is white space", "voice", "conversationId", "   ", "missing_value")]
    [InlineData("the id has 51 characters", "voice", "conversationId", "123456789-123456789-123456789-123456789-123456789-1", "too_long")]
    [InlineData("the queue is absent", "voice", "queueId", "", "missing_value")]
    [InlineData("the e-mail is absent", "voice", "agentEmail", "", "missing_value")]
    [InlineData("the e-mail has no at sign", "voice", "agentEmail", "john.smith", "email_invalid")]
    [InlineData("the e-mail has two at signs", "voice", "agentEmail", "a@b@c.com", "email_invalid")]
    [InlineData("the e-mail has a display name", "voice", "agentEmail", "John <john@company.com>", "email_invalid")]
    [InlineData("the e-mail is a list", "voice", "agentEmail", "a@x.com;b@x.com", "email_invalid")]
    [InlineData("the e-mail's domain has an empty label", "voice", "agentEmail", "a@x..com", "email_invalid")]
    [InlineData("the e-mail has a space", "voice", "agentEmail", "jo hn@x.com", "email_invalid")]
    [InlineData("the e-mail has no name", "voice", "agentEmail", "@x.com", "email_invalid")]
    [InlineData("the start is absent", "voice", "conversationStartTime", "", "missing_value")]
    [InlineData("the start names no zone", "voice", "conversationStartTime", "2025-04-10T14:30:00", "timestamp_without_zone")]
    [InlineData("the start is no date", "voice", "conversationStartTime", "yesterday", "timestamp_invalid")]
    [InlineData("the start is an impossible date", "voice", "conversationStartTime", "2025-02-30T14:30:00Z", "timestamp_invalid")]
    [InlineData("the end is absent", "voice", "conversationEndTime", "", "missing_value")]
    [InlineData("the end is the start", "voice", "conversationEndTime", "2025-04-10T14:30:00Z", "end_not_after_start")]
    [InlineData("the end is before the start", "voice", "conversationEndTime", "2025-04-10T14:29:59Z", "end_not_after_start")]
    [InlineData("the end is the start in another zone", "voice", "conversationEndTime", "2025-04-10T16:30:00+02:00", "end_not_after_start")]
    [InlineData("the end is after the start by less than a microsecond", "voice", "conversationEndTime", "2025-04-10T14:30:00.000000999Z", "end_not_after_start")]
    [InlineData("the channel type is absent", "voice", "channelType", "", "missing_value")]
    [InlineData("the channel type is another word", "voice", "channelType", "email", "channel_type_invalid")]
    [InlineData("the recording type is absent", "voice", "recordingType", "", "missing_value")]
    [InlineData("the recording type is another word", "voice", "recordingType", "quadro", "recording_type_invalid")]
    [InlineData("a chat is stereo", "chat", "recordingType", "stereo", "recording_type_not_allowed")]
    [InlineData("a chat is mono", "chat", "recordingType", "mono", "recording_type_not_allowed")]
    [InlineData("the language is a sentence", "voice", "language", "british english", "language_invalid")]
    [InlineData("the language has an underscore", "voice", "language", "en_US", "language_invalid")]
    [InlineData("the language is one letter", "voice", "language", "e", "language_invalid")]
    [InlineData("the language ends in a hyphen", "voice", "language", "en-", "language_invalid")]
    [InlineData("the transcript is absent", "voice", "transcriptPath", "", "missing_value", "transcriptUrl")]
    [InlineData("the chat script is absent", "chat", "transcriptPath", "", "missing_value", "chatScriptUrl")]
    [InlineData("two names of the transcript differ", "voice", "transcriptUrl", "other.json", "locator_conflict", "transcriptPath")]
    [InlineData("the agent's channel is 2", "voice", "agentChannel", "2", "channel_invalid")]
    [InlineData("the agent's channel is a word", "voice", "agentChannel", "left", "channel_invalid")]
    [InlineData("the agent's channel is negative", "stereo", "agentChannel", "-1", "channel_invalid")]
    [InlineData("both channels are equal", "stereo", "agentChannel", "1", "channels_equal", "customerChannel")]
    [InlineData("the recording is absent", "stereo", "recordingUrl", "", "missing_value")]
    [InlineData("the recording is a list", "stereo", "recordingUrl", "a.wav;b.wav", "locator_list")]
    [InlineData("both sides are one recording", "mono", "agentRecordings", "https://s3.amazonaws.com/bucket/conv-123456-customer.wav", "mixed_mono", "customerRecordings")]
    [InlineData("a side is a list of keys", "mono", "agentRecordings", "calls/a.wav, calls/b.mp3", "locator_list")]
    [InlineData("a side is a list of URLs", "mono", "agentRecordings", "s3://bucket/a|s3://bucket/b", "locator_list")]
    [InlineData("a side is a JSON array", "mono", "customerRecordings", "[\"a.wav\"]", "locator_list")]
    [InlineData("the agent's id is too long", "voice", "agentId", "LONG", "too_long")]
    [InlineData("the queue's id is too long", "voice", "queueId", "LONG", "too_long")]
    public async Task A_row_is_refused_when(string sentence, string kind, string field, string value, string code, string? blamed = null)
    {
        var row = QualityRows.Of(kind).With((field, value == "LONG" ? new string('x', 201) : value));

        var rejected = await QualityRows.Rejected(QualityRows.File(row));

        var error = Assert.Single(rejected.Errors, error => error.Code == code);
        Assert.Equal(blamed ?? field, error.Field);
        Assert.NotEmpty(error.Message);
        Assert.Equal(2, rejected.Line);
        Assert.NotEmpty(sentence);
    }

    [Theory]
    [InlineData("the id has 50 characters", "voice", "conversationId", "123456789-123456789-123456789-123456789-123456789-")]
    [InlineData("the channel type is in capitals", "voice", "channelType", "Voice")]
    [InlineData("the recording type is in capitals", "voice", "recordingType", "TRANSCRIPTION")]
    [InlineData("the e-mail is international", "voice", "agentEmail", "jürgen@bücher.example")]
    [InlineData("the start has an offset", "voice", "conversationStartTime", "2025-04-10T16:30:00+02:00")]
    [InlineData("the start has nine digits of a fraction", "voice", "conversationStartTime", "2025-04-10T14:30:00.123456789Z")]
    [InlineData("two names of the transcript agree", "voice", "chatScriptUrl", "transcripts/voice-123.json")]
    [InlineData("a key holds commas and spaces", "mono", "agentRecordings", "calls/a, b; c (1).wav")]
    [InlineData("a presigned URL holds semicolons", "stereo", "recordingUrl", "https://bucket.s3.amazonaws.com/a.wav?X-Amz-SignedHeaders=host;range")]
    [InlineData("a mono row has one side", "mono", "customerRecordings", "")]
    [InlineData("the language has a script and a region", "voice", "language", "zh-Hant-TW")]
    [InlineData("a chat's channel columns hold anything", "chat", "agentChannel", "7")]
    [InlineData("a value holds tabs and line ends", "voice", "comment", "one\ttwo\r\nthree\rfour\nfive")]
    [InlineData("a value holds backslashes", "voice", "comment", "\\u0000 \\n")]
    public async Task A_row_is_accepted_when(string sentence, string kind, string field, string value)
    {
        var conversation = await QualityRows.Accepted(QualityRows.File(QualityRows.Of(kind).With((field, value))));

        Assert.Equal(2, conversation.Line);
        Assert.NotEmpty(sentence);
    }

    [Fact]
    public async Task Every_fault_of_a_row_is_told()
    {
        var row = QualityRows.Voice.With(
            ("conversationId", ""), ("queueId", ""), ("agentEmail", "nobody"), ("conversationStartTime", "2025-04-10T14:30:00"),
            ("conversationEndTime", "never"), ("language", "?"), ("agentChannel", "5"), ("transcriptPath", ""));

        var rejected = await QualityRows.Rejected(QualityRows.File(row));

        Assert.Null(rejected.ExternalId);
        Assert.Equal(
            [
                ("conversationId", "missing_value"), ("queueId", "missing_value"), ("agentEmail", "email_invalid"),
                ("conversationStartTime", "timestamp_without_zone"), ("conversationEndTime", "timestamp_invalid"),
                ("transcriptUrl", "missing_value"), ("agentChannel", "channel_invalid"), ("language", "language_invalid"),
            ],
            rejected.Errors.Select(error => (error.Field, error.Code)));
    }

    [Fact]
    public async Task A_refused_row_is_known_by_its_id()
    {
        var rejected = await QualityRows.Rejected(QualityRows.File(QualityRows.Voice.With(("queueId", ""))));

        Assert.Equal("conv-123456", rejected.ExternalId);
    }

    [Fact]
    public async Task The_length_of_an_id_counts_characters_and_not_their_halves()
    {
        var fifty = string.Concat(Enumerable.Repeat("🎧", 50));

        Assert.Equal(fifty, (await QualityRows.Accepted(QualityRows.File(QualityRows.Voice.With(("conversationId", fifty))))).ExternalId);
        Assert.Equal("too_long", Assert.Single((await QualityRows.Rejected(QualityRows.File(QualityRows.Voice.With(("conversationId", fifty + "🎧"))))).Errors).Code);
    }

    [Fact]
    public async Task A_message_quotes_at_most_100_characters_and_no_control_character()
    {
        var rejected = await QualityRows.Rejected(QualityRows.File(QualityRows.Voice.With(("agentEmail", $"{new string('x', 97)}\n🎧{new string('y', 500)}"))));

        var message = Assert.Single(rejected.Errors).Message;
        Assert.DoesNotContain(message, char.IsControl);
        Assert.DoesNotContain(message, char.IsSurrogate);
        Assert.Contains($"'{new string('x', 97)} …'", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Channel.Voice, "chat")]
    [InlineData(Channel.Chat, "voice")]
    public async Task A_row_in_the_path_of_the_other_channel_is_refused(Channel expected, string kind)
    {
        var rejected = await QualityRows.Rejected(QualityRows.File(QualityRows.Of(kind)), new QualityCsvOptions { ExpectedChannel = expected });

        Assert.Equal(("channelType", "wrong_channel"), (Assert.Single(rejected.Errors).Field, rejected.Errors[0].Code));
    }

    [Theory]
    [InlineData(Channel.Voice, "voice")]
    [InlineData(Channel.Chat, "chat")]
    public async Task A_row_in_the_path_of_its_own_channel_is_accepted(Channel expected, string kind)
    {
        var conversation = await QualityRows.Accepted(QualityRows.File(QualityRows.Of(kind)), new QualityCsvOptions { ExpectedChannel = expected });

        Assert.Equal(expected, conversation.Channel);
    }

    [Theory]
    [InlineData("stereo")]
    [InlineData("mono")]
    public async Task Where_sound_is_not_accepted_a_recording_is_refused_once_it_has_passed_every_other_rule(string kind)
    {
        var textAlone = new QualityCsvOptions { AcceptsSound = false };
        var sound = await QualityRows.Rejected(QualityRows.File(QualityRows.Of(kind)), textAlone);
        var faulty = await QualityRows.Rejected(QualityRows.File(QualityRows.Of(kind).With(("queueId", ""))), textAlone);

        Assert.Equal(("recordingType", "not_supported_yet"), (Assert.Single(sound.Errors).Field, sound.Errors[0].Code));
        Assert.Equal("missing_value", Assert.Single(faulty.Errors).Code);
    }

    [Fact]
    public async Task A_row_gives_what_it_says()
    {
        var row = QualityRows.Voice.With(
            ("agentEmail", " John.Smith@Company.COM "), ("conversationStartTime", "2025-04-10T16:30:00.1234567+02:00"), ("language", "DE-at"),
            ("asprovider", "microsoft"), ("agentId", "agent-789"), ("agentChannel", "1"), ("customerChannel", "0"), ("Ticket No", " 17 "), ("Empty", ""));

        var conversation = await QualityRows.Accepted(QualityRows.File(row));

        Assert.Equal("conv-123456", conversation.ExternalId);
        Assert.Equal("", conversation.AgentPart);
        Assert.Equal("support-tier1", conversation.QueueId);
        Assert.Equal("john.smith@company.com", conversation.AgentEmail);
        Assert.Equal("agent-789", conversation.AgentId);
        Assert.Equal((Channel.Voice, RecordingType.Transcription), (conversation.Channel, conversation.RecordingType));
        Assert.Equal(DateTimeOffset.Parse("2025-04-10T14:30:00.123456Z", CultureInfo.InvariantCulture), conversation.StartedAt);
        Assert.Equal(TimeSpan.Zero, conversation.StartedAt.Offset);
        Assert.Equal(DateTimeOffset.Parse("2025-04-10T14:32:45Z", CultureInfo.InvariantCulture), conversation.EndedAt);
        Assert.Equal(("DE-at", "de"), (conversation.Language, conversation.LanguageBase));
        Assert.Equal("microsoft", conversation.AsrProvider);
        Assert.Equal((1, 0), (conversation.AgentChannel, conversation.CustomerChannel));
        Assert.Equal("transcripts/voice-123.json", conversation.Transcript);
        Assert.Equal((null, null, null), (conversation.Recording, conversation.AgentRecording, conversation.CustomerRecording));
        Assert.Equal([new RowAttribute("Ticket No", "17")], conversation.Attributes);
        Assert.Empty(conversation.Warnings);
    }

    [Fact]
    public async Task An_absent_language_is_English()
    {
        var conversation = await QualityRows.Accepted(QualityRows.File(QualityRows.Voice));

        Assert.Equal(("en", "en"), (conversation.Language, conversation.LanguageBase));
    }
}
