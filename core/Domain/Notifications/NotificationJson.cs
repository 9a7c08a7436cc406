using System.Text;
using System.Text.Json;

namespace QualityIngest.Domain.Notifications;

/// <summary>A JSON value and where it stands, for errors that are located.</summary>
internal readonly record struct NotificationJson(JsonElement Element, string Pointer)
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a document that is an object.</summary>
    /// <exception cref="NotificationFault">It is none.</exception>
    public static NotificationJson Read(ReadOnlyMemory<byte> json, string pointer)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return new NotificationJson(document.RootElement.Clone(), pointer).As(JsonValueKind.Object, "an object");
        }
        catch (JsonException broken)
        {
            throw new NotificationFault(pointer, "invalid_json", $"This is not JSON: line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}.");
        }
    }

    /// <summary>Reads a document that a text holds.</summary>
    /// <exception cref="NotificationFault">It holds none.</exception>
    public static NotificationJson Read(string json, string pointer) => Read(Encoding.UTF8.GetBytes(json), pointer);

    /// <summary>Whether there is such a member, and not null.</summary>
    public bool Has(string name) => Element.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null;

    /// <summary>A member that is an object.</summary>
    public NotificationJson Object(string name) => Member(name).As(JsonValueKind.Object, "an object");

    /// <summary>The values of a member that is a list.</summary>
    public IEnumerable<NotificationJson> List(string name)
    {
        var list = Member(name).As(JsonValueKind.Array, "a list");
        return list.Element.EnumerateArray().Select((item, index) => new NotificationJson(item, $"{list.Pointer}/{index}"));
    }

    /// <summary>A member that is a text.</summary>
    public string Text(string name)
    {
        var member = Member(name).As(JsonValueKind.String, "a text");
        try
        {
            var text = member.Element.GetString()!;
            Utf8.GetByteCount(text);
            return text;
        }
        catch (Exception half) when (half is InvalidOperationException or EncoderFallbackException)
        {
            throw new NotificationFault(member.Pointer, "escape_invalid", "The text holds an escape that stands for half a character.");
        }
    }

    /// <summary>A member that is a text, or absent.</summary>
    public string? OptionalText(string name) => Has(name) ? Text(name) : null;

    /// <summary>Itself, where it is of this kind.</summary>
    public NotificationJson As(JsonValueKind kind, string what) =>
        Element.ValueKind == kind ? this : throw new NotificationFault(Pointer, "wrong_type", $"This must be {what}.");

    private NotificationJson Member(string name) =>
        Has(name)
            ? new(Element.GetProperty(name), $"{Pointer}/{name}")
            : throw new NotificationFault($"{Pointer}/{name}", "missing_member", "This member is required.");
}

/// <summary>Ends the reading of a notification that is none.</summary>
internal sealed class NotificationFault(string pointer, string code, string message) : Exception(message)
{
    /// <summary>What is wrong, and where.</summary>
    public FieldError Error { get; } = new(pointer, code, message);
}
