using System.Net;

namespace QualityIngest.Domain.Outbound;

/// <summary>Compares a URL's host as somebody wrote it with what it means.</summary>
internal static class WrittenHost
{
    /// <summary>
    /// Whether the host is written plainly. <c>2130706433</c>, <c>0177.0.0.1</c>, <c>0x7f.1</c>, percent-encoded hosts,
    /// full-width digits and trailing dots mean something else than they show, and only ever serve to get past somebody.
    /// </summary>
    public static bool IsPlain(Uri uri)
    {
        if (uri.Host.Length == 0 || uri.Host.EndsWith('.') || uri.IdnHost.EndsWith('.'))
            return false;
        if (uri.HostNameType is UriHostNameType.IPv6)
            return true;
        if (uri.HostNameType is not (UriHostNameType.IPv4 or UriHostNameType.Dns))
            return false;
        if (uri.Host.Any(letter => char.IsDigit(letter) && !char.IsAsciiDigit(letter)) || (uri.HostNameType is UriHostNameType.Dns && IPAddress.TryParse(uri.IdnHost, out _)))
            return false;
        return uri.HostNameType is not UriHostNameType.IPv4 || Of(uri.OriginalString) == uri.Host;
    }

    private static ReadOnlySpan<char> Authority(string text)
    {
        var rest = text.AsSpan().TrimStart();
        var start = rest.IndexOf("://", StringComparison.Ordinal);
        rest = start < 0 ? rest : rest[(start + 3)..];
        var end = rest.IndexOfAny('/', '?', '#');
        return end < 0 ? rest : rest[..end];
    }

    private static string Of(string text)
    {
        var authority = Authority(text);
        authority = authority[(authority.LastIndexOf('@') + 1)..];
        var colon = authority.IndexOf(':');
        return (colon < 0 ? authority : authority[..colon]).ToString();
    }
}
