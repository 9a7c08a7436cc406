using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace QualityIngest.Domain;

/// <summary>
/// One JSON value as its source wrote it: the order of members, repeated members and the digits of numbers stay; white
/// space between them does not, so that the value is one line. It is
/// stored as <c>json</c>, never as <c>jsonb</c>, which would change all three and refuses numbers beyond its own range.
/// </summary>
/// <param name="utf8">One sound JSON value, UTF-8; not copied.</param>
[JsonConverter(typeof(RawJsonConverter))]
public sealed class RawJson(ReadOnlyMemory<byte> utf8) : IEquatable<RawJson>
{
    /// <summary>The value's bytes.</summary>
    public ReadOnlySpan<byte> Utf8 => utf8.Span;

    /// <inheritdoc/>
    public bool Equals(RawJson? other) => other is not null && Utf8.SequenceEqual(other.Utf8);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RawJson);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Utf8);
        return hash.ToHashCode();
    }

    /// <summary>The value's text.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Utf8);
}

/// <summary>Passes a value through as it is.</summary>
internal sealed class RawJsonConverter : JsonConverter<RawJson>
{
    public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(JsonMarshal.GetRawUtf8Value(JsonElement.ParseValue(ref reader)).ToArray());

    public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Utf8, skipInputValidation: true);
}
