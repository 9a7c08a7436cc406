using System.Text;

namespace QualityIngest.Api.Http;

/// <summary>JSON pointers (RFC 6901) from the paths that System.Text.Json gives.</summary>
public static class JsonPointer
{
    /// <summary>E.g. <c>$.paths['voice path'][2]</c> → <c>/paths/voice path/2</c>; a missing path is the whole document.</summary>
    public static string FromPath(string? path)
    {
        var pointer = new StringBuilder();
        for (var i = path is ['$', ..] ? 1 : 0; path is not null && i < path.Length;)
        {
            var (start, end, next) = path[i] switch
            {
                '[' when path.AsSpan(i).StartsWith("['") => Until(path, i + 2, "']"),
                '[' => Until(path, i + 1, "]"),
                '.' => UntilAny(path, i + 1),
                _ => UntilAny(path, i),
            };
            pointer.Append('/').Append(path[start..end].Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
            i = next;
        }

        return pointer.ToString();
    }

    private static (int Start, int End, int Next) Until(string path, int start, string close)
    {
        var end = path.IndexOf(close, start, StringComparison.Ordinal);
        return end < 0 ? (start, path.Length, path.Length) : (start, end, end + close.Length);
    }

    private static (int Start, int End, int Next) UntilAny(string path, int start)
    {
        var end = path.AsSpan(start).IndexOfAny('.', '[');
        return end < 0 ? (start, path.Length, path.Length) : (start, start + end, start + end);
    }
}
