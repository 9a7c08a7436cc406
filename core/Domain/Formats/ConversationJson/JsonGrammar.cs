using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace QualityIngest.Domain.Formats;

/// <summary>The grammar of one value: where it is broken, and whether what follows can be trusted all the same.</summary>
internal static class JsonGrammar
{
    /// <summary>Levels that a conversation may have.</summary>
    public const int MaxDepth = 64;

    /// <summary>Whether the bytes are JSON that only has to go on.</summary>
    public static bool IsBeginning(ReadOnlySpan<byte> json) => Fault(json, whole: false, int.MaxValue) is null;

    /// <summary>
    /// Whether the value's brackets and quotes are what they seem, so that it ends where it seems to: its grammar holds, but
    /// for its depth and for control characters in texts.
    /// </summary>
    public static bool IsSound(ReadOnlySpan<byte> json)
    {
        if (Fault(json, whole: true, int.MaxValue) is null) return true;
        var buffer = ArrayPool<byte>.Shared.Rent(json.Length);
        try
        {
            var blanked = buffer.AsSpan(0, json.Length);
            json.CopyTo(blanked);
            // Not line ends: a text that holds them has most often lost its quote.
            foreach (ref var value in blanked)
            {
                if (value < ' ' && value is not ((byte)'\r' or (byte)'\n')) value = (byte)' ';
            }
            return Fault(blanked, whole: true, int.MaxValue) is null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>What the grammar is broken by, and the 0-based byte where it shows.</summary>
    /// <param name="json">The value, or all that there is of it.</param>
    /// <param name="line">The 1-based physical line that it starts on.</param>
    /// <param name="column">The 1-based byte of that line.</param>
    public static (string Code, string Message, int Position) Explain(ReadOnlySpan<byte> json, long line, long column)
    {
        var fault = Fault(json, whole: true, MaxDepth)!;
        var position = Position(json, fault);
        var place = Place(json[..position], line, column);
        var deeper = Fault(json, whole: true, int.MaxValue);
        if (deeper is not null && IsBeginning(json)) return (RowCodes.JsonTruncated, $"The JSON ends before it is complete: {place}.", position);
        if (deeper is null || Position(json, deeper) > position)
            return (RowCodes.JsonTooDeep, string.Create(CultureInfo.InvariantCulture, $"The JSON has more than {MaxDepth} levels: {place}."), position);
        return position < json.Length && json[position] < ' ' && !IsSpace(json[position])
            ? (RowCodes.ControlCharacter, $"The JSON holds a raw control character: {place}.", position)
            : (RowCodes.JsonInvalid, $"The JSON is not valid: {place}.", position);
    }

    /// <summary>Where a document goes on behind some of its bytes, for people.</summary>
    public static string Place(ReadOnlySpan<byte> before, long line, long column)
    {
        var lines = before.Count((byte)'\n');
        column = lines == 0 ? column + before.Length : before.Length - before.LastIndexOf((byte)'\n');
        return string.Create(CultureInfo.InvariantCulture, $"line {line + lines}, byte {column}");
    }

    private static bool IsSpace(byte value) => value is (byte)'\t' or (byte)'\r' or (byte)'\n';

    private static JsonException? Fault(ReadOnlySpan<byte> json, bool whole, int maxDepth)
    {
        var reader = new Utf8JsonReader(json, whole, new JsonReaderState(new JsonReaderOptions { MaxDepth = maxDepth }));
        try
        {
            while (reader.Read())
            {
            }
            return null;
        }
        catch (JsonException exception)
        {
            return exception;
        }
    }

    private static int Position(ReadOnlySpan<byte> json, JsonException fault)
    {
        var start = 0;
        for (var line = fault.LineNumber ?? 0; line > 0; line--)
        {
            var next = json[start..].IndexOf((byte)'\n');
            if (next < 0) break;
            start += next + 1;
        }
        return (int)Math.Min(json.Length, start + (fault.BytePositionInLine ?? 0));
    }
}
