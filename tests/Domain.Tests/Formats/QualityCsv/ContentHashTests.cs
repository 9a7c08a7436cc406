namespace QualityIngest.Domain.Tests.Formats;

public sealed class ContentHashTests
{
    [Fact]
    public async Task Equal_content_has_an_equal_hash_wherever_and_however_it_stands()
    {
        var row = QualityRows.Voice.With(("language", "en"), ("asrProvider", "microsoft"), ("b", "2"), ("a", "1"));
        var turned = row.Reverse().ToDictionary();
        var spelled = QualityRows.Voice.Without("transcriptPath").With(
            ("LANGUAGE", "en"), ("asprovider", " microsoft "), ("A", "1"), ("b", "2"), ("CHATSCRIPTURL", "transcripts/voice-123.json"),
            ("agentEmail", "John.Smith@company.com"), ("agentId", ""), ("unused", "  "));

        var hash = await Hash(row);

        Assert.Matches("^[0-9a-f]{64}$", hash);
        Assert.Equal(hash, await Hash(turned));
        Assert.Equal(hash, await Hash(spelled));
        Assert.Equal(hash, (await QualityRows.Accepted("\uFEFF\n\n" + QualityRows.File(row).Replace("\r\n", "\r", StringComparison.Ordinal))).ContentHash);
    }

    [Theory]
    [InlineData("conversationId", "conv-1")]
    [InlineData("queueId", "Support-tier1")]
    [InlineData("conversationStartTime", "2025-04-10T14:30:01Z")]
    [InlineData("transcriptPath", "transcripts/voice-124.json")]
    [InlineData("agentChannel", "")]
    [InlineData("language", "en")]
    [InlineData("note", "new")]
    public async Task Different_content_has_a_different_hash(string field, string value) =>
        Assert.NotEqual(await Hash(QualityRows.Voice), await Hash(QualityRows.Voice.With((field, value))));

    [Fact]
    public async Task A_value_that_moves_from_one_column_to_another_changes_the_hash()
    {
        Assert.NotEqual(await Hash(QualityRows.Voice.With(("a", "x"), ("b", ""))), await Hash(QualityRows.Voice.With(("a", ""), ("b", "x"))));
        Assert.NotEqual(await Hash(QualityRows.Voice.With(("a", "xb"), ("c", "y"))), await Hash(QualityRows.Voice.With(("a", "x"), ("bc", "y"))));
        Assert.NotEqual(
            await Hash(QualityRows.Stereo.With(("transcriptUrl", "t.json"))), await Hash(QualityRows.Stereo.With(("chatScriptUrl", "t.json"))));
    }

    private static async Task<string> Hash(IReadOnlyDictionary<string, string> row) =>
        (await QualityRows.Accepted(QualityRows.File(row))).ContentHash;
}
