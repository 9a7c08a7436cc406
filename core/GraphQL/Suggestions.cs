namespace QualityIngest.GraphQL;

/// <summary>Names that a reader may have meant.</summary>
internal static class Suggestions
{
    private const int Longest = 64;
    private const int Most = 3;

    /// <summary>A sentence with the nearest names, after a space; empty where none is near.</summary>
    public static string For(string name, IEnumerable<string> known)
    {
        if (name.Length > Longest)
            return "";
        var near = known
            .Where(candidate => candidate.Length <= Longest && Math.Abs(candidate.Length - name.Length) <= Threshold(name))
            .Select(candidate => (Name: candidate, Distance: Distance(name, candidate)))
            .Where(candidate => candidate.Distance <= Threshold(name))
            .GroupBy(candidate => candidate.Distance, candidate => $"\"{candidate.Name}\"")
            .MinBy(same => same.Key);
        return near is null ? "" : $" Did you mean {string.Join(" or ", near.Order(StringComparer.Ordinal).Take(Most))}?";
    }

    private static int Threshold(string name) => 1 + (name.Length / 3);

    // Levenshtein's distance, blind to case: letters put in, left out or replaced.
    private static int Distance(string a, string b)
    {
        Span<int> row = stackalloc int[Longest + 1];
        for (var j = 0; j <= b.Length; j++)
            row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.Length];
    }
}
