using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;

namespace QualityIngest.Domain.Sources;

/// <summary>
/// Tells URLs of the connector's own store, path-style or with the bucket in the host's name, from other URLs. The former
/// are read with the connector's credentials, whatever signature they carry, when the bucket may be read.
/// </summary>
internal static partial class LocatorUrl
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static LocatorTarget Resolve(string text, SourceSettings settings)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.IdnHost.Length == 0)
            return Locator.Invalid("The address cannot be read as a URL.");
        if (url.UserInfo.Length > 0 || AfterScheme(text).Contains('@'))
            return Locator.Invalid("An address must not hold user information.");

        if (TryOwnStore(url, text, settings, out var bucket, out var path))
        {
            if (!TryDecode(path, out var key))
                return Locator.Invalid("The address is not well percent-encoded.");
            if (VersionId().IsMatch(url.Query))
                return Locator.Invalid("A version of an object cannot be read: give its address without versionId.");
            // AWS's console writes a space as '+' in the addresses it shows; elsewhere '+' is just a plus.
            var target = Locator.Objects(settings, bucket, path.Contains('+', StringComparison.Ordinal) && TryDecode(path.Replace('+', ' '), out var spaced) ? [key, spaced] : [key]);
            if (target is not LocatorRefused { Code: "locator_not_allowed" })
                return target;
        }

        if (url.Scheme != Uri.UriSchemeHttps)
            return Locator.NotAllowed("Only https:// addresses are read.");
        return IsAllowed(url, settings)
            ? new HttpsObject(url)
            : Locator.NotAllowed("The address leads neither to an allowed bucket nor to a host on the connector's list of allowed hosts.");
    }

    /// <summary>Whether the host is on the connector's list: <c>host</c> at HTTPS' own port, or <c>host:port</c>.</summary>
    public static bool IsAllowed(Uri url, SourceSettings settings) =>
        url.Scheme == Uri.UriSchemeHttps
        && settings.AllowedHosts.Any(host => string.Equals(host.Trim(), url.IsDefaultPort ? url.IdnHost : $"{url.IdnHost}:{url.Port}", StringComparison.OrdinalIgnoreCase));

    private static bool TryOwnStore(Uri url, string text, SourceSettings settings, out string bucket, out string path)
    {
        var raw = RawPath(text);
        (bucket, path) = ("", "");
        var endpoint = Uri.TryCreate(settings.Endpoint?.Trim(), UriKind.Absolute, out var given) && !SourceEndpoint.IsAws(given) ? given : null;
        if (endpoint is not null)
        {
            if (endpoint.Scheme != url.Scheme || endpoint.Port != url.Port)
                return false;
            if (string.Equals(url.IdnHost, endpoint.IdnHost, StringComparison.OrdinalIgnoreCase))
                return TrySplit(raw, out bucket, out path);
            if (!url.IdnHost.EndsWith("." + endpoint.IdnHost, StringComparison.OrdinalIgnoreCase))
                return false;
            (bucket, path) = (url.IdnHost[..^(endpoint.IdnHost.Length + 1)], raw);
            return true;
        }

        if (url.Scheme != Uri.UriSchemeHttps || !url.IsDefaultPort || AwsHost().Match(url.IdnHost) is not { Success: true } host)
            return false;
        if (!host.Groups["bucket"].Success)
            return TrySplit(raw, out bucket, out path);
        (bucket, path) = (host.Groups["bucket"].Value, raw);
        return true;
    }

    private static bool TrySplit(string raw, out string bucket, out string path)
    {
        var slash = raw.IndexOf('/', StringComparison.Ordinal);
        (bucket, path) = slash < 0 ? (raw, "") : (raw[..slash], raw[(slash + 1)..]);
        return TryDecode(bucket, out var decoded) && S3Path.IsBucketName(bucket = decoded);
    }

    private static ReadOnlySpan<char> AfterScheme(string text)
    {
        var rest = text.AsSpan(text.IndexOf("://", StringComparison.Ordinal) + 3);
        var end = rest.IndexOfAny('/', '?', '#');
        return end < 0 ? rest : rest[..end];
    }

    // Not Uri's own path: that one is normalised, which is a second decoding.
    private static string RawPath(string text)
    {
        var start = text.IndexOf("://", StringComparison.Ordinal) + 3 + AfterScheme(text).Length;
        var rest = text[start..];
        var end = rest.AsSpan().IndexOfAny('?', '#');
        return (end < 0 ? rest : rest[..end]) is ['/', .. var path] ? path : "";
    }

    private static bool TryDecode(string path, [NotNullWhen(true)] out string? decoded)
    {
        decoded = null;
        var bytes = new List<byte>(path.Length);
        for (var at = 0; at < path.Length;)
        {
            if (path[at] != '%')
            {
                var length = at + 1 < path.Length && char.IsSurrogatePair(path, at) ? 2 : 1;
                bytes.AddRange(Encoding.UTF8.GetBytes(path, at, length));
                at += length;
            }
            else if (at + 2 < path.Length && char.IsAsciiHexDigit(path[at + 1]) && char.IsAsciiHexDigit(path[at + 2]))
            {
                bytes.Add(Convert.FromHexString(path.AsSpan(at + 1, 2))[0]);
                at += 3;
            }
            else
            {
                return false;
            }
        }

        try
        {
            decoded = Strict.GetString([.. bytes]);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^(?:(?<bucket>[a-z0-9][a-z0-9._-]*)\.)?s3(?:-accelerate|-fips)?(?:\.dualstack)?(?:[.-][a-z]{2,3}(?:-[a-z]+)+-\d+)?\.amazonaws\.com(?:\.cn)?\z",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex AwsHost();

    [GeneratedRegex("[?&]versionId=", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex VersionId();
}
