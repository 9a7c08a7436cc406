namespace QualityIngest.Domain.Formats;

/// <summary>
/// E-mail addresses as far as a row can be held to them: one <c>@</c> between a name of 1 to 64 characters and a domain
/// without empty labels, 254 characters in all (RFC 5321, 4.5.3.1), no spaces, no display name, no list.
/// </summary>
public static class EmailAddress
{
    private const int Longest = 254;
    private const int LongestName = 64;

    /// <summary>Reads an address and folds it to lower case, which is how agents are compared.</summary>
    public static bool TryFold(string text, out string folded)
    {
        folded = "";
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at is < 1 or > LongestName || text.Length > Longest || at != text.LastIndexOf('@')) return false;
        var domain = text.AsSpan(at + 1);
        if (domain.IsEmpty || domain[0] == '.' || domain[^1] == '.' || domain.Contains("..", StringComparison.Ordinal)) return false;
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c) || char.IsControl(c) || c is '<' or '>' or '(' or ')' or '[' or ']' or ',' or ';' or ':' or '"' or '\\') return false;
        }
        folded = text.ToLowerInvariant();
        return true;
    }
}
