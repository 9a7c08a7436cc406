using System.Globalization;
using System.Text;
using System.Text.Json;
using QualityIngest.Domain.Formats.Csv;

namespace QualityIngest.Domain.Formats.Transcripts;

/// <summary>
/// Walks a JSON document forward and says where it is wrong. Grammar faults end the walk: every further step is false.
/// Faults of a value are noted, the first one stays, and the walk goes on, so that what turns out not to matter can be
/// forgiven. The document is UTF-8, which the caller has made sure of.
/// </summary>
internal ref struct JsonCursor
{
    private const int MaxDepth = 64;
    private readonly ReadOnlySpan<byte> _json;
    private readonly int _offset;
    private readonly JsonPath _path = new();
    private Utf8JsonReader _reader;
    private bool _broken;

    /// <param name="json">The document without its BOM.</param>
    /// <param name="offset">Bytes of the BOM, which positions count.</param>
    public JsonCursor(ReadOnlySpan<byte> json, int offset)
    {
        _json = json;
        _offset = offset;
        _reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
    }

    /// <summary>The first fault.</summary>
    public TranscriptError? Error { get; private set; }

    /// <summary>Whether the value is null.</summary>
    public readonly bool IsNull => _reader.TokenType is JsonTokenType.Null;

    /// <summary>Steps onto the document's value.</summary>
    public bool Begin() => Step();

    /// <summary>Makes sure that nothing follows the document's value.</summary>
    public void End()
    {
        if (!_broken) Step();
    }

    /// <summary>Forgets the faults noted so far, unless the document itself is broken.</summary>
    public void Forgive()
    {
        if (!_broken) Error = null;
    }

    /// <summary>Steps into an object; else notes a fault and passes the value over.</summary>
    public bool EnterObject() => Enter(JsonTokenType.StartObject, "an object");

    /// <summary>Steps into an array; else notes a fault and passes the value over.</summary>
    public bool EnterArray() => Enter(JsonTokenType.StartArray, "an array");

    /// <summary>Steps onto the value of the next member; false, and out of the object, at its end.</summary>
    public bool NextMember()
    {
        if (!Step()) return false;
        if (_reader.TokenType is JsonTokenType.EndObject) return Left();
        _path.Member((int)_reader.TokenStartIndex + 1, _reader.ValueSpan.Length);
        NameSpan = _reader.ValueSpan;
        NameIsEscaped = _reader.ValueIsEscaped;
        return Step();
    }

    /// <summary>Steps onto the next element; false, and out of the array, at its end.</summary>
    public bool NextElement()
    {
        if (!Step()) return false;
        if (_reader.TokenType is JsonTokenType.EndArray) return Left();
        _path.Element();
        return true;
    }

    /// <summary>Whether the member that the cursor stands on has this name. A name with escapes is none that we know.</summary>
    public readonly bool NameIs(ReadOnlySpan<byte> name) => !NameIsEscaped && NameSpan.SequenceEqual(name);

    /// <summary>The name of the member that the cursor stands on, as written.</summary>
    public readonly string Name => Encoding.UTF8.GetString(NameSpan);

    /// <summary>A text; null when it is null or refused.</summary>
    public string? Text()
    {
        if (IsNull) return null;
        if (_reader.TokenType is not JsonTokenType.String) return Refuse("a text");
        string text;
        try
        {
            text = _reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // The reader checks the grammar of escapes as it goes, but whether surrogates pair up only here.
            Note(TranscriptCodes.EscapeInvalid, "The text has an escape that stands for half a character.");
            return null;
        }
        if (text.AsSpan().ContainsAny(ControlCharacters.Refused) && (text.Contains('\0', StringComparison.Ordinal) || HoldsRawControls()))
        {
            Note(TranscriptCodes.ControlCharacter, "The text holds a control character.");
            return null;
        }
        return text;
    }

    /// <summary>A text, or a number as written; null when it is null or refused.</summary>
    public string? TextOrNumber() =>
        _reader.TokenType is JsonTokenType.Number ? Encoding.UTF8.GetString(_reader.ValueSpan) : Text();

    /// <summary>A number of any size; null when it is null or refused.</summary>
    public double? Number()
    {
        if (IsNull) return null;
        if (_reader.TokenType is JsonTokenType.Number) return _reader.GetDouble();
        Refuse("a number");
        return null;
    }

    /// <summary>A number within bounds, rounded to a whole one where it has a fraction; null when it is null or refused.</summary>
    public long? Whole(long least, long most)
    {
        if (IsNull) return null;
        if (_reader.TokenType is not JsonTokenType.Number)
        {
            Refuse("a number");
            return null;
        }
        if (!_reader.TryGetInt64(out var whole))
        {
            var number = _reader.GetDouble();
            whole = number >= least && number <= most ? (long)Math.Round(number) : long.MinValue;
        }
        if (whole >= least && whole <= most) return whole;
        Note(TranscriptCodes.OutOfRange, string.Create(CultureInfo.InvariantCulture, $"The number is not between {least} and {most}."));
        return null;
    }

    /// <summary>Passes the value over.</summary>
    public void Skip()
    {
        if (_broken) return;
        try
        {
            _reader.Skip();
        }
        catch (JsonException exception)
        {
            Break(exception);
        }
    }

    /// <summary>Notes a fault of the value that the cursor stands on.</summary>
    public void Note(string code, string message) => Error ??= new(code, _path.Text(_json), _reader.TokenStartIndex + _offset, message);

    /// <summary>Notes that the object, which the cursor has just left, lacks a member. Its place is where the object starts.</summary>
    public void Missing(string name, int start)
    {
        if (Error is not null) return;
        _path.Enter(start);
        Error = new(TranscriptCodes.MissingMember, _path.TextOfMissing(_json, name), start + _offset, $"{name} is required.");
        _path.Leave();
    }

    /// <summary>Where the value starts, to be named to <see cref="Missing"/> later.</summary>
    public readonly int Start => (int)_reader.TokenStartIndex;

    private ReadOnlySpan<byte> NameSpan { get; set; }

    private bool NameIsEscaped { get; set; }

    private readonly bool HoldsRawControls() => Encoding.UTF8.GetString(_reader.ValueSpan).AsSpan().ContainsAny(ControlCharacters.Refused);

    private bool Enter(JsonTokenType type, string wanted)
    {
        if (_broken) return false;
        if (_reader.TokenType != type)
        {
            Refuse(wanted);
            return false;
        }
        _path.Enter((int)_reader.TokenStartIndex);
        return true;
    }

    private readonly bool Left()
    {
        _path.Leave();
        return false;
    }

    private string? Refuse(string wanted)
    {
        Note(TranscriptCodes.WrongType, $"The value is {Kind()}, not {wanted}.");
        Skip();
        return null;
    }

    private readonly string Kind() => _reader.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "a number",
        JsonTokenType.Null => "null",
        _ => "true or false",
    };

    private bool Step()
    {
        if (_broken) return false;
        try
        {
            return _reader.Read();
        }
        catch (JsonException exception)
        {
            Break(exception);
            return false;
        }
    }

    /// <summary>A fault of the grammar goes before whatever was noted about values.</summary>
    private void Break(JsonException exception)
    {
        _broken = true;
        var (line, column) = (exception.LineNumber ?? 0, exception.BytePositionInLine ?? 0);
        var position = Position(line, column);
        var (code, what) = _json.IndexOfAnyExcept(" \t\r\n"u8) < 0 ? (TranscriptCodes.EmptyTranscript, "The document is empty")
            : IsBeginning() ? (TranscriptCodes.JsonTruncated, "The JSON ends before it is complete")
            : _reader.CurrentDepth >= MaxDepth - 1 && _json[position] is (byte)'{' or (byte)'[' ? (TranscriptCodes.JsonTooDeep, "The JSON has more than 64 levels")
            : (TranscriptCodes.JsonInvalid, "The JSON is not valid");
        Error = new(code, _path.Text(_json), position + _offset, string.Create(CultureInfo.InvariantCulture, $"{what}: line {line + 1}, byte {column + 1}."));
    }

    /// <summary>Whether the document would be JSON if it only went on.</summary>
    private readonly bool IsBeginning()
    {
        var reader = new Utf8JsonReader(_json, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = MaxDepth }));
        try
        {
            while (reader.Read())
            {
            }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private readonly int Position(long line, long column)
    {
        var start = 0;
        for (; line > 0; line--)
        {
            var next = _json[start..].IndexOf((byte)'\n');
            if (next < 0) break;
            start += next + 1;
        }
        return (int)Math.Min(_json.Length, start + column);
    }
}
