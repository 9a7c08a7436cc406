using System.Buffers;
using System.Text;
using QualityIngest.Domain.Formats.Transcripts;

namespace QualityIngest.Domain.Tests.Formats.Transcripts;

public sealed class TranscriptDocumentTests
{
    [Theory]
    [InlineData("the document is empty", "", "empty_transcript", 0)]
    [InlineData("the document is white space", " \n ", "empty_transcript", 3)]
    [InlineData("the document ends early", "{\"recognizedPhrases\":[", "json_truncated", 22)]
    [InlineData("the document ends in a text", "{\"recognizedPh", "json_truncated", 14)]
    [InlineData("the document is no JSON", "<html>", "json_invalid", 0)]
    [InlineData("a comma is missing", "{\"a\":1\n \"b\":2}", "json_invalid", 8)]
    [InlineData("a comma trails", "{\"recognizedPhrases\":[],}", "json_invalid", 24)]
    [InlineData("something follows", "{\"recognizedPhrases\":[]} {}", "json_invalid", 25)]
    [InlineData("a text holds a raw line end", "{\"recognizedPhrases\":[],\"x\":\"a\nb\"}", "json_invalid", 30)]
    public void A_document_is_refused_when(string sentence, string json, string code, long position)
    {
        var error = Assert.IsType<TranscriptError>(Documents.ReadVoice(json));

        Assert.Equal((code, position), (error.Code, error.Position));
        Assert.NotEmpty(sentence);
    }

    [Fact]
    public void A_byte_order_mark_is_tolerated() => Assert.Single(Documents.Voiced("\uFEFF" + Documents.Voice).Utterances);

    [Fact]
    public void A_document_in_pieces_is_read_as_one()
    {
        var json = Encoding.UTF8.GetBytes("\uFEFF" + Documents.Chat);

        Assert.Equal(2, Assert.IsType<Transcript>(ChatScript.Read(Piece.Sequence(json, 7), Documents.Context)).Utterances.Count);
        Assert.Equal("file_too_large", Assert.IsType<TranscriptError>(ChatScript.Read(Piece.Sequence(json, 7), Documents.Context with { MaxBytes = 100 })).Code);
    }

    [Fact]
    public void Sixty_four_levels_are_read_and_one_more_is_refused()
    {
        var fits = $$"""{"x":{{Nested(63)}},"recognizedPhrases":[]}""";
        var tooDeep = $$"""{"x":{{Nested(64)}},"recognizedPhrases":[]}""";

        Documents.Voiced(fits);
        var error = Assert.IsType<TranscriptError>(Documents.ReadVoice(tooDeep));
        Assert.Equal(("json_too_deep", 5 + 63), (error.Code, error.Position));
    }

    [Fact]
    public void A_million_levels_are_refused_without_harm()
    {
        Assert.Equal("json_too_deep", Assert.IsType<TranscriptError>(Documents.ReadChat(new string('[', 1_000_000))).Code);
        Assert.Equal("json_too_deep", Assert.IsType<TranscriptError>(Documents.ReadVoice("{\"x\":" + new string('[', 1_000_000))).Code);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_located()
    {
        byte[] json = [.. "{\"x\":\""u8, 0xC3, 0x28, .. "\"}"u8];

        var error = Assert.IsType<TranscriptError>(Documents.ReadChat(json));

        Assert.Equal(("invalid_utf8", 6), (error.Code, error.Position));
    }

    [Fact]
    public async Task A_document_of_the_limit_is_read_and_one_byte_more_refused()
    {
        var json = Encoding.UTF8.GetBytes(Documents.Chat);
        var context = Documents.Context with { MaxBytes = json.Length };

        Assert.IsType<Transcript>(await ChatScript.ReadAsync(new MemoryStream(json), context));
        Assert.IsType<Transcript>(Documents.ReadChat(json, context));
        foreach (var outcome in new[] { await ChatScript.ReadAsync(new MemoryStream([.. json, 32]), context), Documents.ReadChat([.. json, 32], context) })
            Assert.Equal("file_too_large", Assert.IsType<TranscriptError>(outcome).Code);
    }

    [Fact]
    public async Task A_long_document_is_read_from_a_stream()
    {
        var phrases = string.Join(',', Enumerable.Range(1, 20_000).Select(i => $$"""{"channel":{{i % 2}},"offsetInTicks":{{i}}0000,"nBest":[{"lexical":"word {{i}}"}]}"""));

        var outcome = await VoiceTranscript.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes($$"""{"recognizedPhrases":[{{phrases}}]}""")), Documents.Context);

        Assert.Equal(20_000, Assert.IsType<Transcript>(outcome).Utterances.Count);
    }

    private static string Nested(int levels) => new string('[', levels) + new string(']', levels);

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public static ReadOnlySequence<byte> Sequence(byte[] bytes, int size)
        {
            var pieces = bytes.Chunk(size).Select(chunk => new Piece { Memory = chunk }).ToList();
            for (var i = 1; i < pieces.Count; i++)
            {
                pieces[i].RunningIndex = pieces[i - 1].RunningIndex + size;
                pieces[i - 1].Next = pieces[i];
            }
            return new(pieces[0], 0, pieces[^1], pieces[^1].Memory.Length);
        }
    }
}
