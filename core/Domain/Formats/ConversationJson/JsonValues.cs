using System.Globalization;
using System.Text;
using System.Text.Json;
using QualityIngest.Domain.Conversations;

namespace QualityIngest.Domain.Formats;

/// <summary>
/// Reads the values of one conversation. What is refused is noted and comes out as null, as what is null does; neither
/// ends the reading. The bytes are UTF-8, which the caller has made sure of.
/// </summary>
internal sealed class JsonValues(JsonFaults faults)
{
    private const int LongestMoment = 40;
    private const decimal LargestScore = 1_000_000;
    private const int ScoreDecimals = 6;

    private byte[] _decoded = new byte[1024];
    private bool _holdsControls;

    /// <summary>Turns to a conversation.</summary>
    public void Begin(ReadOnlySpan<byte> json) => _holdsControls = HoldsControls(json);

    /// <summary>The text that the reader stands on, or the name, without its escapes; false: it is refused.</summary>
    public bool TryDecode(ref Utf8JsonReader json, out ReadOnlySpan<byte> text)
    {
        text = json.ValueSpan;
        if (_holdsControls && HoldsControls(text)) return Refuse(ref json, RowCodes.ControlCharacter, "The text holds a control character.");
        if (!json.ValueIsEscaped) return true;
        if (_decoded.Length < text.Length) _decoded = new byte[Math.Max(text.Length, _decoded.Length * 2)];
        try
        {
            text = _decoded.AsSpan(0, json.CopyString(_decoded));
        }
        catch (InvalidOperationException)
        {
            // The reader checks the grammar of escapes as it goes, but whether surrogates pair up only here.
            return Refuse(ref json, RowCodes.EscapeInvalid, "The text has an escape that stands for half a character.");
        }
        return !text.Contains((byte)0) || Refuse(ref json, RowCodes.ControlCharacter, "The text holds the escape of NUL, which nothing can store.");
    }

    /// <summary>The name that the reader stands on, to be told from others: a refused one is like none.</summary>
    public ReadOnlySpan<byte> Name(ref Utf8JsonReader json)
    {
        if (!json.ValueIsEscaped) return json.ValueSpan;
        if (_decoded.Length < json.ValueSpan.Length) _decoded = new byte[json.ValueSpan.Length];
        try
        {
            return _decoded.AsSpan(0, json.CopyString(_decoded));
        }
        catch (InvalidOperationException)
        {
            return [];
        }
    }

    /// <summary>A text of at most so many characters (Unicode code points).</summary>
    public string? Text(ref Utf8JsonReader json, int longest = int.MaxValue)
    {
        if (!Is(ref json, JsonTokenType.String, "a text") || !TryDecode(ref json, out var decoded)) return null;
        var text = Encoding.UTF8.GetString(decoded);
        if (text.Length <= longest) return text;
        var length = text.Length - text.Count(char.IsLowSurrogate);
        if (length <= longest) return text;
        Refuse(ref json, RowCodes.TooLong, string.Create(CultureInfo.InvariantCulture, $"The text has {length} characters; {longest} are allowed."));
        return null;
    }

    /// <summary>A text that says something.</summary>
    public string? Id(ref Utf8JsonReader json, string name, int longest)
    {
        if (Text(ref json, longest) is not { } text) return null;
        if (!string.IsNullOrWhiteSpace(text)) return text;
        Refuse(ref json, RowCodes.MissingValue, $"{name} is empty.");
        return null;
    }

    /// <summary>A text, or a number as written; null where it is empty.</summary>
    public string? TextOrNumber(ref Utf8JsonReader json, int longest)
    {
        var text = json.TokenType is JsonTokenType.Number ? Encoding.UTF8.GetString(json.ValueSpan) : Text(ref json, longest);
        return text is "" ? null : text;
    }

    /// <summary>A moment.</summary>
    public DateTimeOffset? Moment(ref Utf8JsonReader json, string name)
    {
        if (!Is(ref json, JsonTokenType.String, "a text") || !TryDecode(ref json, out var decoded)) return null;
        Span<char> text = stackalloc char[LongestMoment];
        var kind = TimestampKind.Invalid;
        var moment = default(DateTimeOffset);
        if (decoded.Length <= LongestMoment) kind = IsoTimestamp.Read(text[..Encoding.UTF8.GetChars(decoded, text)], out moment);
        if (kind is TimestampKind.Moment) return moment;
        var value = Quotation.Of(Encoding.UTF8.GetString(decoded));
        if (kind is TimestampKind.WithoutZone)
            Refuse(ref json, RowCodes.TimestampWithoutZone, $"{name} is {value}, which names no zone: end it with Z or an offset.");
        else
            Refuse(ref json, RowCodes.TimestampInvalid, $"{name} is {value}, which is no moment in ISO 8601, such as 2025-04-10T14:30:00Z.");
        return null;
    }

    /// <summary>Who a message is of: a word of any case.</summary>
    public SpeakerRole? Role(ref Utf8JsonReader json)
    {
        if (!Is(ref json, JsonTokenType.String, "a text") || !TryDecode(ref json, out var word)) return null;
        if (Ascii.EqualsIgnoreCase(word, "customer"u8) || Ascii.EqualsIgnoreCase(word, "user"u8)) return SpeakerRole.Customer;
        if (Ascii.EqualsIgnoreCase(word, "agent"u8)) return SpeakerRole.Agent;
        if (Ascii.EqualsIgnoreCase(word, "bot"u8)) return SpeakerRole.Bot;
        if (Ascii.EqualsIgnoreCase(word, "system"u8)) return SpeakerRole.System;
        Refuse(ref json, RowCodes.RoleInvalid, $"role is {Quotation.Of(Encoding.UTF8.GetString(word))}; it may be customer, agent, bot or system.");
        return null;
    }

    /// <summary>True or false.</summary>
    public bool? Flag(ref Utf8JsonReader json) =>
        json.TokenType is JsonTokenType.False ? false : Is(ref json, JsonTokenType.True, "true or false") ? true : null;

    /// <summary>A customer's score.</summary>
    public decimal? Score(ref Utf8JsonReader json)
    {
        if (!Is(ref json, JsonTokenType.Number, "a number")) return null;
        if (json.TryGetDecimal(out var score) && Math.Abs(score) <= LargestScore && decimal.Round(score, ScoreDecimals) == score) return score;
        Refuse(ref json, RowCodes.OutOfRange, "The score is not between -1000000 and 1000000, or has more than 6 decimals.");
        return null;
    }

    /// <summary>A language tag with its language; the default where it is null or refused.</summary>
    public (string Tag, string Language) Language(ref Utf8JsonReader json)
    {
        if (Text(ref json) is not { Length: > 0 } tag) return (LanguageTag.Default, LanguageTag.Default);
        if (LanguageTag.TryRead(tag, out var language)) return (tag, language);
        Refuse(ref json, RowCodes.LanguageInvalid, $"language is {Quotation.Of(tag)}, which is no language tag such as en or en-US.");
        return (LanguageTag.Default, LanguageTag.Default);
    }

    /// <summary>Whether a value is of a type. Another type but null is noted and passed over.</summary>
    public bool Is(ref Utf8JsonReader json, JsonTokenType type, string wanted)
    {
        if (json.TokenType == type) return true;
        if (json.TokenType is JsonTokenType.Null) return false;
        Refuse(ref json, RowCodes.WrongType, $"The value is {Kind(json.TokenType)}, not {wanted}.");
        json.Skip();
        return false;
    }

    /// <summary>Notes a fault of the value that the reader stands on; false.</summary>
    public bool Refuse(ref Utf8JsonReader json, string code, string message)
    {
        faults.Add(json.TokenStartIndex, code, message);
        return false;
    }

    /// <summary>DEL and the control characters behind ASCII; those below are against the grammar.</summary>
    private static bool HoldsControls(ReadOnlySpan<byte> utf8)
    {
        while (true)
        {
            var found = utf8.IndexOfAny((byte)0x7F, (byte)0xC2);
            if (found < 0) return false;
            if (utf8[found] == 0x7F || (found + 1 < utf8.Length && utf8[found + 1] < 0xA0)) return true;
            utf8 = utf8[(found + 1)..];
        }
    }

    private static string Kind(JsonTokenType type) => type switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "a number",
        _ => "true or false",
    };
}
