using System.Globalization;
using System.Text;

namespace QualityIngest.Domain.Formats.Transcripts;

/// <summary>
/// The way from a document's root to where a cursor stands. Keeps places in the document rather than names, and reads
/// the names only for an error.
/// </summary>
internal sealed class JsonPath
{
    private const int LongestName = 100;
    private readonly List<Step> _steps = [];

    private record struct Step(int Start, int NameStart, int NameLength, int Index);

    /// <summary>Where the innermost object or array starts.</summary>
    public int Start => _steps.Count > 0 ? _steps[^1].Start : 0;

    public void Enter(int start) => _steps.Add(new(start, 0, 0, -1));

    public void Leave() => _steps.RemoveAt(_steps.Count - 1);

    public void Member(int nameStart, int nameLength) => _steps[^1] = _steps[^1] with { NameStart = nameStart, NameLength = nameLength };

    public void Element() => _steps[^1] = _steps[^1] with { Index = _steps[^1].Index + 1 };

    /// <summary>The path in the notation of RFC 9535, normalised: <c>$.recognizedPhrases[3].channel</c>, <c>$['1'].type</c>.</summary>
    public string Text(ReadOnlySpan<byte> json)
    {
        var text = new StringBuilder("$");
        foreach (var step in _steps)
        {
            if (step.Index >= 0) text.Append(CultureInfo.InvariantCulture, $"[{step.Index}]");
            else if (step.NameLength > 0) AppendName(text, json.Slice(step.NameStart, Math.Min(step.NameLength, LongestName)));
        }
        return text.ToString();
    }

    /// <summary>The path of a member that the innermost object lacks.</summary>
    public string TextOfMissing(ReadOnlySpan<byte> json, string name)
    {
        Member(0, 0);
        return $"{Text(json)}.{name}";
    }

    private static void AppendName(StringBuilder text, ReadOnlySpan<byte> utf8)
    {
        var name = Encoding.UTF8.GetString(utf8);
        if (!char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')) text.Append('.').Append(name);
        else text.Append("['").Append(string.Concat(name.Where(c => !char.IsControl(c)))).Append("']");
    }
}
