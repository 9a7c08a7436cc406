using System.Text;
using System.Text.Json;
using QualityIngest.Domain.Formats.Csv;

namespace QualityIngest.Domain.Formats.Feeds;

/// <summary>Reads one line of a feed's JSON: an object whose members are columns.</summary>
internal sealed class FeedJsonLine(FeedSchema schema, FeedOptions options)
{
    private const int Deepest = 64;
    private static readonly JsonReaderOptions Json = new() { MaxDepth = Deepest };

    private readonly FeedDraft _draft = new(schema, options);
    private readonly bool[] _seen = new bool[schema.Columns.Count];

    /// <summary>The line as a row: valid by itself, or refused with everything that is wrong with it.</summary>
    public FormatItem Read(ReadOnlySpan<byte> text, long line)
    {
        _draft.Begin();
        Array.Clear(_seen);
        var reader = new Utf8JsonReader(text, Json);
        try
        {
            if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
                return Refused(line, null, FeedCodes.LineInvalid, "The line is no JSON object.");
            var attributes = Members(ref reader, text);
            return reader.Read()
                ? Refused(line, null, FeedCodes.LineInvalid, "The line goes on behind its JSON object.")
                : _draft.End(line, attributes?.ToJson());
        }
        catch (JsonException broken)
        {
            return Refused(line, null, FeedCodes.LineInvalid, $"The line is no JSON object: it breaks off at byte {broken.BytePositionInLine + 1}.");
        }
        catch (InvalidOperationException)
        {
            // What the reader says of text that is not UTF-8, or of half a surrogate pair, once it is asked for the text.
            return Refused(line, null, RowCodes.InvalidUtf8, $"The line is not UTF-8, or half a character is escaped, before byte {reader.BytesConsumed + 1}.");
        }
    }

    private FeedAttributes? Members(ref Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        FeedAttributes? attributes = null;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            var column = schema.IndexOf(name);
            reader.Read();
            if (name.AsSpan().ContainsAny(ControlCharacters.Refused))
                RefuseName(ref reader, name);
            else if (column < 0)
                (attributes ??= new()).AddRaw(name, Raw(ref reader, name, text));
            else if (_seen[column])
                Refuse(ref reader, column, RowCodes.DuplicateColumn, "stands in the line twice");
            else
                Set(ref reader, column);
            if (column >= 0)
                _seen[column] = true;
        }

        return attributes;
    }

    private void Set(ref Utf8JsonReader reader, int column)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                break;
            case JsonTokenType.String:
                _draft.Set(column, reader.GetString());
                break;
            case JsonTokenType.Number:
                _draft.Set(column, Encoding.ASCII.GetString(reader.ValueSpan));
                break;
            case JsonTokenType.True or JsonTokenType.False:
                _draft.Set(column, reader.TokenType is JsonTokenType.True ? "true" : "false");
                break;
            default:
                Refuse(ref reader, column, FeedCodes.ValueInvalid, "is an object or a list; it may be a text, a number, true, false or null");
                break;
        }
    }

    private void RefuseName(ref Utf8JsonReader reader, string name)
    {
        reader.Skip();
        _draft.Refuse(null, RowCodes.ControlCharacter, $"The name {Quotation.Of(name)} holds a control character.");
    }

    private void Refuse(ref Utf8JsonReader reader, int column, string code, string what)
    {
        reader.Skip();
        var name = schema.Columns[column].Name;
        _draft.Refuse(name, code, $"{name} {what}.");
    }

    /// <summary>The value as it is written, numbers and the order of members included. What no database can hold is refused.</summary>
    private string Raw(ref Utf8JsonReader reader, string name, ReadOnlySpan<byte> text)
    {
        var (start, depth) = ((int)reader.TokenStartIndex, reader.CurrentDepth);
        Check(ref reader, name);
        while (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray || reader.CurrentDepth > depth)
        {
            reader.Read();
            Check(ref reader, name);
        }

        return Encoding.UTF8.GetString(text[start..(int)reader.BytesConsumed]);
    }

    private void Check(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName
            && reader.GetString().AsSpan().ContainsAny(ControlCharacters.Refused))
            _draft.Refuse(name, RowCodes.ControlCharacter, $"{name} holds a control character.");
    }

    private static RejectedRow Refused(long line, string? field, string code, string message) => new(line, null, [new(field, code, message)]);
}
