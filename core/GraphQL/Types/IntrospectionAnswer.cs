using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace QualityIngest.GraphQL.Types;

/// <summary>Writes what a selection of introspection answers, as JSON of a bounded size.</summary>
internal sealed class IntrospectionAnswer : IDisposable
{
    private readonly Schema _schema;
    private readonly long _maxBytes;
    private readonly ArrayBufferWriter<byte> _json = new(4096);
    private readonly Utf8JsonWriter _writer;

    private IntrospectionAnswer(Schema schema, long maxBytes)
    {
        _schema = schema;
        _maxBytes = maxBytes;
        _writer = new Utf8JsonWriter(_json, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    /// <summary>The JSON; null: it would be larger than allowed.</summary>
    public static ReadOnlyMemory<byte>? Write(Schema schema, IntrospectionSelection root, object? value, long maxBytes)
    {
        using var answer = new IntrospectionAnswer(schema, maxBytes);
        if (!answer.Value(root, value))
            return null;
        answer._writer.Flush();
        return answer._json.WrittenCount <= maxBytes ? answer._json.WrittenMemory : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private bool Value(IntrospectionSelection selection, object? value)
    {
        switch (value)
        {
            case null:
                _writer.WriteNullValue();
                return true;
            case string text:
                _writer.WriteStringValue(text);
                return true;
            case bool yes:
                _writer.WriteBooleanValue(yes);
                return true;
            case IEnumerable<object> items:
                _writer.WriteStartArray();
                foreach (var item in items)
                {
                    if (!Value(selection, item))
                        return false;
                }
                _writer.WriteEndArray();
                return true;
            default:
                return Object(selection, value);
        }
    }

    private bool Object(IntrospectionSelection selection, object source)
    {
        if (_writer.BytesCommitted + _writer.BytesPending > _maxBytes)
            return false;
        _writer.WriteStartObject();
        foreach (var child in selection.Children)
        {
            _writer.WritePropertyName(child.Key);
            var value = child.Field == IntrospectionTypes.TypeNameField
                ? child.Parent.Name
                : IntrospectionFields.Value(_schema, source, child.Field.Name, child.Deprecated);
            if (!Value(child, value))
                return false;
        }
        _writer.WriteEndObject();
        return true;
    }
}
