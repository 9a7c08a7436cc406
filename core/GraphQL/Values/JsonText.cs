using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace QualityIngest.GraphQL.Values;

/// <summary>Texts of JSON that may hold halves of surrogate pairs, which are no text.</summary>
internal static class JsonText
{
    private const int Shown = 80;

    /// <summary>The text of a JSON string; false: it is not well-formed Unicode.</summary>
    public static bool TryRead(JsonElement json, [NotNullWhen(true)] out string? text)
    {
        try
        {
            text = json.GetString();
            return text is not null;
        }
        catch (InvalidOperationException)
        {
            // The reader's only way to tell of such a half.
            text = null;
            return false;
        }
    }

    /// <summary>The name of a member as it was sent, escapes and all, cut to what a message can bear.</summary>
    public static string Name(JsonProperty member)
    {
        var raw = JsonMarshal.GetRawUtf8PropertyName(member);
        return raw.Length <= Shown ? Encoding.UTF8.GetString(raw) : Encoding.UTF8.GetString(raw[..Shown]) + "…";
    }
}
