using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Formats.Feeds;

namespace QualityIngest.Domain.Tests.Formats.Feeds;

public sealed class RecordingNameTests
{
    [Theory]
    [InlineData("call_recordings/version=1/format=csv/c-1.wav", "c-1")]
    [InlineData("c 1+2%20.x.MP3", "c 1+2%20.x")]
    [InlineData("a/ü.Wav", "ü")]
    public void The_stem_is_the_conversations_id(string key, string id)
    {
        Assert.True(RecordingName.IsRecording(key));
        Assert.Equal(id, RecordingName.ConversationId(key, out var error));
        Assert.Null(error);
    }

    [Theory]
    [InlineData(".wav", RowCodes.MissingValue)]
    [InlineData("a/c\u00011.mp3", RowCodes.ControlCharacter)]
    public void A_name_without_an_id_is_refused(string key, string code)
    {
        Assert.Null(RecordingName.ConversationId(key, out var error));
        Assert.Equal(("key", code), (error!.Field, error.Code));
    }

    [Fact]
    public void An_id_has_at_most_200_characters()
    {
        Assert.NotNull(RecordingName.ConversationId($"{string.Concat(Enumerable.Repeat("😀", 200))}.wav", out _));
        Assert.Null(RecordingName.ConversationId($"{new string('c', 201)}.wav", out var error));
        Assert.Equal(RowCodes.TooLong, error!.Code);
    }

    [Theory]
    [InlineData("c-1.ogg")]
    [InlineData("c-1.wav.gz")]
    [InlineData("wav")]
    public void What_is_neither_wav_nor_mp3_is_no_recording(string key) => Assert.False(RecordingName.IsRecording(key));
}
