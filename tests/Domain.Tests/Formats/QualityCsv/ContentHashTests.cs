using System.Security.Cryptography;
using System.Text;

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

    /// <summary>Hashes are stored and compared with those of later versions: the canonical form never changes.</summary>
    [Fact]
    public async Task The_canonical_form_stays_as_it_is() =>
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData([
                .. Part("conversationId"), .. Part("conv-123456"), .. Part("queueId"), .. Part("support-tier1"),
                .. Part("agentEmail"), .. Part("john.smith@company.com"),
                .. Part("conversationStartTime"), .. Part("2025-04-10T14:30:00Z"), .. Part("conversationEndTime"), .. Part("2025-04-10T14:32:45Z"),
                .. Part("channelType"), .. Part("voice"), .. Part("recordingType"), .. Part("transcription"),
                .. Part("transcriptUrl"), .. Part("transcripts/voice-123.json"), .. Part("agentChannel"), .. Part("0"), .. Part("customerChannel"), .. Part("1"),
                .. Part(""), .. Part("note"), .. Part("größer"),
            ])),
            await Hash(QualityRows.Voice.With(("Note", "größer"))));

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

    private static byte[] Part(string text) => [.. BitConverter.GetBytes(Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)];

    private static async Task<string> Hash(IReadOnlyDictionary<string, string> row) =>
        (await QualityRows.Accepted(QualityRows.File(row))).ContentHash;
}
