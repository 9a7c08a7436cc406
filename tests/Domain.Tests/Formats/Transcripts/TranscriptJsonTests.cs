using System.Buffers;
using System.Text;
using System.Text.Json;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Formats.Transcripts;

namespace QualityIngest.Domain.Tests.Formats.Transcripts;

public sealed class TranscriptJsonTests
{
    [Fact]
    public void A_call_is_written_in_its_canonical_form() =>
        Assert.Equal(
            """
            {"utterances":[{"index":0,"role":"agent","startMs":14000,"endMs":16400,"text":"Sure, my number is 12.","confidence":0.8205426,
            "words":[{"text":"sure","startMs":14000,"endMs":14320,"confidence":0.51653963},{"text":"my","startMs":14320,"endMs":14520,"confidence":0.65166444}]}],
            "participants":[{"role":"agent"}]}
            """.ReplaceLineEndings(""),
            Written(Documents.Voiced(Documents.Voice)));

    [Fact]
    public void A_chat_is_written_in_its_canonical_form() =>
        Assert.Equal(
            """
            {"utterances":[{"index":0,"role":"agent","participantId":"john.smith@company.com","startMs":6000,"at":"2025-06-10T13:30:06Z","text":"Hello, what can I do for you?"},
            {"index":1,"role":"customer","participantId":"customer_12345","startMs":53142,"at":"2025-06-10T13:30:53.142Z","text":"My invoice names the wrong street."}],
            "participants":[{"id":"john.smith@company.com","role":"agent"},{"id":"customer_12345","role":"customer"}]}
            """.ReplaceLineEndings(""),
            Written(Documents.Chatted(Documents.Chat)));

    [Fact]
    public void Text_is_written_as_it_is_read() =>
        Assert.Contains("Grüße 你好", Written(new Transcript { Utterances = [new(0, SpeakerRole.Bot, null, 0, null, null, "Grüße 你好", null, null)], Participants = [] }), StringComparison.Ordinal);

    [Fact]
    public void What_is_written_is_read_back()
    {
        foreach (var transcript in new[]
        {
            Documents.Voiced(Documents.Voice),
            Documents.Chatted(Documents.Chat),
            new Transcript
            {
                Utterances = [.. Enum.GetValues<SpeakerRole>().Select((role, i) => new Utterance(i, role, $"p{i}", -i, i, DateTimeOffset.UnixEpoch, "\"<>&'\n🎧", 0.5, []))],
                Participants = [.. Enum.GetValues<SpeakerRole>().Select(role => new Participant(null, role))],
            },
        })
        {
            var written = Written(transcript);

            Assert.Equal(written, Written(TranscriptJson.Read(Encoding.UTF8.GetBytes(written))));
        }
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"utterances":[{"role":"nobody"}],"participants":[]}""")]
    public void What_is_no_canonical_transcript_is_not_read(string json) =>
        Assert.Throws<JsonException>(() => TranscriptJson.Read(Encoding.UTF8.GetBytes(json)));

    private static string Written(Transcript transcript)
    {
        var output = new ArrayBufferWriter<byte>();
        TranscriptJson.Write(output, transcript);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
