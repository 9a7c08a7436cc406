using System.Text.RegularExpressions;

namespace QualityIngest.GraphQL.Planning;

/// <summary>Names of time zones. Which there are, the database knows; it would also take rules that are no names.</summary>
internal static partial class ZoneName
{
    /// <summary>Whether the text has the form of an IANA name.</summary>
    public static bool IsPlausible(string text) => text.Length <= 64 && Form().IsMatch(text);

    [GeneratedRegex(@"^[A-Za-z][A-Za-z_]*(/[A-Za-z0-9_+\-]+)*\z")]
    private static partial Regex Form();
}
