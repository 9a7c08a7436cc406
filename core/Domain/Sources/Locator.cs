using System.Text;
using System.Text.RegularExpressions;

namespace QualityIngest.Domain.Sources;

/// <summary>
/// Reads what a row says about where its recording or transcript lies: <c>formats.md</c>, Locators. A key, also one after
/// <c>s3://</c>, is taken literally; a URL's path is percent-decoded exactly once.
/// </summary>
/// <remarks>
/// A relative key is tried where it most likely lies, so that one request mostly suffices: a key that begins with the
/// connector's prefix, or with a slash, from the bucket's root first; any other from the connector's path first.
/// </remarks>
public static partial class Locator
{
    private const int MaxKeyBytes = 1024;

    /// <summary>Resolves a locator without any I/O.</summary>
    /// <param name="text">As written in the row; blanks around it are dropped.</param>
    /// <param name="settings">The connector's settings.</param>
    /// <param name="path">The configured path whose file holds the row.</param>
    public static LocatorTarget Resolve(string text, SourceSettings settings, S3Path path)
    {
        text = text.Trim();
        if (text.Length == 0)
            return Invalid("The locator is empty.");
        if (text.Any(char.IsControl))
            return Invalid("The locator holds a control character.");
        if (Scheme().Match(text) is not { Success: true } scheme)
            return Relative(text, path);
        return scheme.Groups[1].Value.ToLowerInvariant() switch
        {
            "s3" => OfBucket(text[5..], settings),
            "https" or "http" => LocatorUrl.Resolve(text, settings),
            _ => Invalid("A locator is a key, an s3:// address or an https:// address."),
        };
    }

    internal static LocatorRefused Invalid(string message) => new("locator_invalid", message);

    internal static LocatorRefused NotAllowed(string message) => new("locator_not_allowed", message);

    /// <summary>The candidates, provided that the bucket may be read and the keys are keys.</summary>
    internal static LocatorTarget Objects(SourceSettings settings, string bucket, params IReadOnlyList<string> keys)
    {
        if (bucket != settings.Bucket() && !settings.AllowedBuckets.Contains(bucket))
            return NotAllowed("The bucket is neither the connector's own nor on its list of allowed buckets.");
        return Fault(keys[0]) is { } fault ? Invalid(fault) : new BucketObjects([.. keys.Distinct().Select(key => new BucketObject(bucket, key))]);
    }

    private static LocatorTarget Relative(string key, S3Path path)
    {
        var rooted = key.StartsWith('/');
        if (rooted)
            key = key[1..];
        if ((Fault(key) ?? Fault(path.Prefix + key)) is { } fault)
            return Invalid(fault);
        var (fromRoot, fromPath) = (new BucketObject(path.Bucket, key), new BucketObject(path.Bucket, path.Prefix + key));
        return new BucketObjects(
            path.Prefix.Length == 0 ? [fromRoot]
            : rooted || key.StartsWith(path.Prefix, StringComparison.Ordinal) ? [fromRoot, fromPath]
            : [fromPath, fromRoot]);
    }

    private static LocatorTarget OfBucket(string rest, SourceSettings settings) =>
        rest.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash && S3Path.IsBucketName(rest[..slash])
            ? Objects(settings, rest[..slash], rest[(slash + 1)..])
            : Invalid("An s3:// address names a bucket and a key: s3://bucket/key.");

    private static string? Fault(string key) =>
        key.Length == 0 || key.EndsWith('/') ? "The locator names no object."
        : key.StartsWith('/') ? "A key that begins with a slash cannot be read."
        : Encoding.UTF8.GetByteCount(key) > MaxKeyBytes ? "A key has at most 1,024 bytes."
        // Nothing between here and the store may take them for steps to another bucket.
        : key.Split('/').Any(segment => segment is "." or "..") ? "A locator has no '.' or '..' segments."
        : null;

    [GeneratedRegex(@"^([A-Za-z][A-Za-z0-9+.-]*)://", RegexOptions.CultureInvariant)]
    private static partial Regex Scheme();
}
