using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace QualityIngest.Domain.Formats.Transcripts;

/// <summary>Brings a document into one piece of memory that a <see cref="JsonCursor"/> can walk.</summary>
internal static class TranscriptDocument
{
    private const int FirstBytes = 64 * 1024;
    private static ReadOnlySpan<byte> Bom => [0xEF, 0xBB, 0xBF];

    /// <summary>What a format makes of a document; the offset is the number of bytes before it.</summary>
    public delegate TranscriptOutcome Parser(ReadOnlySpan<byte> json, int offset, TranscriptContext context);

    public static TranscriptOutcome Read(ReadOnlySequence<byte> json, TranscriptContext context, Parser parser)
    {
        if (json.Length > context.MaxBytes) return TooLarge(context);
        if (json.IsSingleSegment) return Read(json.FirstSpan, context, parser);
        var buffer = ArrayPool<byte>.Shared.Rent((int)json.Length);
        try
        {
            json.CopyTo(buffer);
            return Read(buffer.AsSpan(0, (int)json.Length), context, parser);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static async Task<TranscriptOutcome> ReadAsync(
        Stream stream, TranscriptContext context, Parser parser, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(FirstBytes);
        try
        {
            var length = 0;
            while (true)
            {
                var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
                if (read == 0) return Read(buffer.AsSpan(0, length), context, parser);
                length += read;
                if (length > context.MaxBytes) return TooLarge(context);
                if (length == buffer.Length) buffer = Grown(buffer);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static TranscriptOutcome Read(ReadOnlySpan<byte> json, TranscriptContext context, Parser parser)
    {
        var offset = json.StartsWith(Bom) ? Bom.Length : 0;
        return Utf8.IsValid(json) ? parser(json[offset..], offset, context) : NotUtf8(json);
    }

    private static byte[] Grown(byte[] buffer)
    {
        var grown = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(grown, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return grown;
    }

    private static TranscriptError TooLarge(TranscriptContext context) =>
        new(TranscriptCodes.FileTooLarge, "$", context.MaxBytes, $"The document is larger than {context.MaxBytes} bytes.");

    private static TranscriptError NotUtf8(ReadOnlySpan<byte> json)
    {
        var position = 0;
        while (Rune.DecodeFromUtf8(json[position..], out _, out var length) is OperationStatus.Done) position += length;
        return new(TranscriptCodes.InvalidUtf8, "$", position, $"The document is not UTF-8 from byte {position + 1} on.");
    }
}
