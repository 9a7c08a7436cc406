using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using QualityIngest.Domain.Formats.Csv;

namespace QualityIngest.Domain.Formats.Feeds;

/// <summary>What a row has beside its schema's columns, gathered into one JSON object in the row's order.</summary>
internal sealed class FeedAttributes
{
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _json = new("{");

    /// <summary>Adds a text.</summary>
    public void Add(string name, string value, FeedDraft draft)
    {
        if (value.AsSpan().ContainsAny(ControlCharacters.Refused))
            draft.Refuse(name, RowCodes.ControlCharacter, $"{name} holds a control character: {Quotation.Of(value)}.");
        else
            AddRaw(name, Quoted(value));
    }

    /// <summary>Adds a JSON value as it is written.</summary>
    public void AddRaw(string name, string json)
    {
        if (_json.Length > 1)
            _json.Append(',');
        _json.Append(Quoted(name)).Append(':').Append(json);
    }

    /// <summary>The object.</summary>
    public string ToJson() => $"{_json}}}";

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, Encoder)}\"";
}
