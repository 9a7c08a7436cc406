using System.Text.Json;

namespace QualityIngest.Domain.Formats;

/// <summary>
/// Members that the format does not know, collected into objects: one object behind the other as they were written but for
/// white space, and the same in canonical form.
/// </summary>
internal sealed class KeptMembers
{
    private readonly JsonValues _values;
    private readonly ByteBuffer _raw = new();
    private readonly CanonicalJson _writer;
    private int _start;
    private int _count;
    private bool _behindValue;

    public KeptMembers(JsonValues values) => (_values, _writer) = (values, new(Canonical));

    /// <summary>The objects as written.</summary>
    public ReadOnlySpan<byte> Raw => _raw.Written;

    /// <summary>Where their canonical form stands, and whatever else is to be compared with them.</summary>
    public ByteBuffer Canonical { get; } = new();

    /// <summary>Forgets all objects.</summary>
    public void Clear()
    {
        _raw.Clear();
        Canonical.Clear();
        _writer.Clear();
    }

    /// <summary>Begins an object.</summary>
    public void Begin()
    {
        (_start, _count, _behindValue) = (_raw.Length, 0, false);
        _raw.Add((byte)'{');
        _writer.BeginObject();
    }

    /// <summary>Adds the member whose name the reader stands on, and leaves the reader at its value's end.</summary>
    public void Add(ref Utf8JsonReader json, JsonFaults faults)
    {
        _count++;
        var depth = json.CurrentDepth;
        Token(ref json);
        while (!faults.IsFull && !(json.CurrentDepth == depth && IsEnd(json.TokenType)))
        {
            json.Read();
            Token(ref json);
        }
    }

    /// <summary>Ends the object: where it stands in <see cref="Raw"/>; nothing where it is empty.</summary>
    public (int Start, int Length) End()
    {
        _writer.EndObject();
        if (_count == 0)
        {
            _raw.Truncate(_start);
            return default;
        }
        _raw.Add((byte)'}');
        return (_start, _raw.Length - _start);
    }

    private static bool IsEnd(JsonTokenType type) =>
        type is not (JsonTokenType.PropertyName or JsonTokenType.StartObject or JsonTokenType.StartArray);

    private void Token(ref Utf8JsonReader json)
    {
        var type = json.TokenType;
        if (_behindValue && type is not (JsonTokenType.EndObject or JsonTokenType.EndArray)) _raw.Add((byte)',');
        _behindValue = IsEnd(type);
        switch (type)
        {
            case JsonTokenType.PropertyName:
                Quote(json.ValueSpan);
                _raw.Add((byte)':');
                if (_values.TryDecode(ref json, out var name)) _writer.Name(name);
                else _writer.Name([]);
                break;
            case JsonTokenType.String:
                Quote(json.ValueSpan);
                if (_values.TryDecode(ref json, out var text)) _writer.Text(text);
                break;
            case JsonTokenType.Number:
                _raw.Add(json.ValueSpan);
                _writer.Number(json.ValueSpan);
                break;
            case JsonTokenType.StartObject:
                _raw.Add((byte)'{');
                _writer.BeginObject();
                break;
            case JsonTokenType.EndObject:
                _raw.Add((byte)'}');
                _writer.EndObject();
                break;
            case JsonTokenType.StartArray:
                _raw.Add((byte)'[');
                _writer.BeginArray();
                break;
            case JsonTokenType.EndArray:
                _raw.Add((byte)']');
                _writer.EndArray();
                break;
            default:
                _raw.Add(json.ValueSpan);
                _writer.Word(json.ValueSpan);
                break;
        }
    }

    private void Quote(ReadOnlySpan<byte> text)
    {
        _raw.Add((byte)'"');
        _raw.Add(text);
        _raw.Add((byte)'"');
    }
}
