using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Ingest;

namespace QualityIngest.Domain.Tests.Ingest;

public sealed class StoredTranscriptsTests
{
    private static readonly ParsedConversation Row = new()
    {
        Line = 1,
        ExternalId = "c-1",
        Channel = Channel.Chat,
        RecordingType = RecordingType.Transcription,
        StartedAt = DateTimeOffset.UnixEpoch,
        EndedAt = DateTimeOffset.UnixEpoch,
        ContentHash = "",
    };

    [Theory]
    [InlineData(new long[] { 4, 4, 4 }, "4,4 4")]
    [InlineData(new long[] { 20, 1, 1 }, "20 1,1")]
    [InlineData(new long[] { 1, 20, 1 }, "1 20 1")]
    [InlineData(new long[] { 10, 10 }, "10 10")]
    [InlineData(new long[] { }, "")]
    public void No_group_holds_more_than_its_bytes_but_by_a_single_transcript(long[] sizes, string groups)
    {
        var revisions = sizes.Select(bytes => new StoredRevision(Guid.NewGuid(), 1, Row, [], bytes));

        var grouped = StoredTranscripts.InGroups(revisions, bytes: 10);

        Assert.Equal(groups, string.Join(' ', grouped.Select(group => string.Join(',', group.Select(r => r.Bytes)))));
    }

    [Fact]
    public void A_row_that_names_an_object_did_not_come_with_its_words()
    {
        Assert.True(StoredTranscripts.CameWith(Row));
        Assert.False(StoredTranscripts.CameWith(Row with { Transcript = "t.json" }));
        Assert.False(StoredTranscripts.CameWith(Row with { Recording = "r.wav" }));
        Assert.False(StoredTranscripts.CameWith(Row with { CustomerRecording = "c.wav" }));
    }
}
