namespace QualityIngest.Domain.Tests.Formats;

public sealed class MediaRulesTests
{
    [Theory]
    [InlineData("transcriptUrl")]
    [InlineData("chatScriptUrl")]
    [InlineData("transcriptPath")]
    public async Task Every_name_of_the_transcript_is_taken(string name)
    {
        foreach (var row in new[] { QualityRows.Voice, QualityRows.Chat })
        {
            var conversation = await QualityRows.Accepted(QualityRows.File(row.Without("transcriptPath").With((name, " transcripts/1.json "))));

            Assert.Equal("transcripts/1.json", conversation.Transcript);
        }
    }

    [Theory]
    [InlineData("stereo")]
    [InlineData("voice")]
    public async Task Absent_channels_are_0_and_1_with_a_warning(string kind)
    {
        var conversation = await QualityRows.Accepted(QualityRows.File(QualityRows.Of(kind).Without("agentChannel", "customerChannel")));

        Assert.Equal((0, 1), (conversation.AgentChannel, conversation.CustomerChannel));
        Assert.Equal(["channels_defaulted"], conversation.Warnings);
    }

    [Theory]
    [InlineData("1", "", 1, 0)]
    [InlineData("0", "", 0, 1)]
    [InlineData("", "0", 1, 0)]
    [InlineData("", "1", 0, 1)]
    public async Task One_absent_channel_is_the_other_one_with_a_warning(string agent, string customer, int expectedAgent, int expectedCustomer)
    {
        var conversation = await QualityRows.Accepted(QualityRows.File(QualityRows.Stereo.With(("agentChannel", agent), ("customerChannel", customer))));

        Assert.Equal((expectedAgent, expectedCustomer), (conversation.AgentChannel, conversation.CustomerChannel));
        Assert.Equal(["channels_defaulted"], conversation.Warnings);
    }

    [Fact]
    public async Task Channels_of_a_chat_and_of_mono_recordings_need_no_warning()
    {
        Assert.Empty((await QualityRows.Accepted(QualityRows.File(QualityRows.Chat))).Warnings);
        Assert.Empty((await QualityRows.Accepted(QualityRows.File(QualityRows.Mono))).Warnings);
    }

    [Fact]
    public async Task A_stereo_row_takes_a_transcript_with_it_and_ignores_a_chat_script()
    {
        var row = QualityRows.Stereo.With(("transcriptUrl", "t.json"), ("chatScriptUrl", "c.json"));

        var conversation = await QualityRows.Accepted(QualityRows.File(row));

        Assert.Equal("https://s3.amazonaws.com/bucket/conv-123456.wav", conversation.Recording);
        Assert.Equal("t.json", conversation.Transcript);
        Assert.Equal(["chat_script_ignored"], conversation.Warnings);
    }

    [Fact]
    public async Task A_stereo_row_needs_no_transcript()
    {
        var conversation = await QualityRows.Accepted(QualityRows.File(QualityRows.Stereo));

        Assert.Null(conversation.Transcript);
        Assert.Empty(conversation.Warnings);
    }

    [Fact]
    public async Task A_mono_row_gives_the_sides_that_it_has()
    {
        var both = await QualityRows.Accepted(QualityRows.File(QualityRows.Mono));
        var agent = await QualityRows.Accepted(QualityRows.File(QualityRows.Mono.Without("customerRecordings")));
        var customer = await QualityRows.Accepted(QualityRows.File(QualityRows.Mono.With(("agentRecordings", ""))));

        Assert.NotNull(both.AgentRecording);
        Assert.NotNull(both.CustomerRecording);
        Assert.Equal((both.AgentRecording, null), (agent.AgentRecording, agent.CustomerRecording));
        Assert.Equal((null, both.CustomerRecording), (customer.AgentRecording, customer.CustomerRecording));
    }

    [Fact]
    public async Task A_mono_row_without_a_side_is_refused()
    {
        var rejected = await QualityRows.Rejected(QualityRows.File(QualityRows.Mono.With(("agentRecordings", ""), ("customerRecordings", ""))));

        Assert.Equal(("agentRecordings", "missing_value"), (Assert.Single(rejected.Errors).Field, rejected.Errors[0].Code));
    }

    [Fact]
    public async Task One_recording_of_both_parties_is_refused_by_name()
    {
        var row = QualityRows.Mono.Without("agentRecordings", "customerRecordings").With(("recordingUrl", "calls/conv-123456-mixed.wav"));

        var rejected = await QualityRows.Rejected(QualityRows.File(row));

        Assert.Equal(("recordingUrl", "mixed_mono"), (Assert.Single(rejected.Errors).Field, rejected.Errors[0].Code));
    }

    [Theory]
    [InlineData("mono", "recordingUrl", "recording_ignored")]
    [InlineData("mono", "transcriptUrl", "transcript_ignored")]
    [InlineData("stereo", "agentRecordings", "recording_ignored")]
    [InlineData("voice", "recordingUrl", "recording_ignored")]
    [InlineData("chat", "customerRecordings", "recording_ignored")]
    public async Task What_a_recording_type_has_no_use_for_is_ignored_with_a_warning(string kind, string field, string warning)
    {
        var conversation = await QualityRows.Accepted(QualityRows.File(QualityRows.Of(kind).With((field, "elsewhere.wav"))));

        Assert.Equal([warning], conversation.Warnings);
        Assert.DoesNotContain("elsewhere.wav", new[] { conversation.Recording, conversation.AgentRecording, conversation.CustomerRecording, conversation.Transcript });
    }
}
