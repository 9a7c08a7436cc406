using System.Security;
using System.Text;
using System.Xml;

namespace QualityIngest.Domain.Conversations.Pictures;

/// <summary>Any text as the text of an XML document.</summary>
internal static class XmlText
{
    /// <summary>Escaped; what XML cannot hold at all becomes U+FFFD.</summary>
    public static string Escape(string text)
    {
        var holdable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) // A lone surrogate is U+FFFD already.
            holdable.Append(rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? "\uFFFD" : rune.ToString());
        return SecurityElement.Escape(holdable.ToString())!;
    }
}
