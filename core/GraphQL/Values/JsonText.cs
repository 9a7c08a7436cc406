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

    /// <summary>The members of a JSON object by their names, of several of one name the last.</summary>
    /// <param name="json">The object.</param>
    /// <param name="most">How many are read.</param>
    /// <param name="wanted">Which are kept; null: all.</param>
    public static Dictionary<string, JsonElement> Members(JsonElement json, int most, HashSet<string>? wanted = null)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in json.EnumerateObject())
        {
            var name = Name(member);
            if (wanted is null || wanted.Contains(name))
                members[name] = member.Value;
            if (members.Count >= most)
                break;
        }
        return members;
    }

    /// <summary>A name for messages, cut to what they can bear.</summary>
    public static string Short(string name) => name.Length <= Shown ? name : name[..Shown] + "…";

    // A name that is no text stays as it was sent, escapes and all; nothing has such a name.
    private static string Name(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8PropertyName(member));
        }
    }
}
