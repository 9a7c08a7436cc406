using System.Text;
using System.Text.RegularExpressions;

namespace QualityIngest.Domain.Sources;

/// <summary>A bucket and a prefix in it.</summary>
public sealed partial record S3Path
{
    private S3Path(string bucket, string prefix) => (Bucket, Prefix) = (bucket, prefix);

    /// <summary>The bucket's name.</summary>
    public string Bucket { get; }

    /// <summary>The prefix with its trailing slash, exactly as keys begin; empty: the whole bucket.</summary>
    public string Prefix { get; }

    /// <summary>The stored form: <c>s3://bucket/prefix/</c>.</summary>
    public string Stored => $"s3://{Bucket}/{Prefix}";

    /// <summary>Reads <c>s3://bucket/prefix/</c> or <c>bucket/prefix</c>, with or without the trailing slash.</summary>
    /// <param name="text">As entered; blanks around it are dropped, nothing in it is decoded.</param>
    /// <param name="path">The path.</param>
    /// <param name="fault">Why there is none: code <c>path_invalid</c> or <c>bucket_name_invalid</c>, and a sentence.</param>
    public static bool TryParse(string? text, out S3Path path, out (string Code, string Message) fault)
    {
        path = new("", "");
        var rest = (text ?? "").Trim();
        if (rest.StartsWith("s3://", StringComparison.OrdinalIgnoreCase))
            rest = rest[5..];
        else if (rest.Contains("://", StringComparison.Ordinal))
        {
            fault = ("path_invalid", "A path is written s3://bucket/prefix/ or bucket/prefix/; it is not a web address.");
            return false;
        }

        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var bucket = slash < 0 ? rest : rest[..slash];
        var prefix = slash < 0 ? "" : rest[(slash + 1)..];
        if (prefix.Length > 0 && !prefix.EndsWith('/'))
            prefix += '/';

        if (!IsBucketName(bucket))
        {
            fault = ("bucket_name_invalid", "A bucket's name has 3 to 63 letters, digits, dots, hyphens or underscores.");
            return false;
        }

        if (prefix.Any(char.IsControl) || Encoding.UTF8.GetByteCount(prefix) > 1024)
        {
            fault = ("path_invalid", "A path has at most 1,024 bytes and no control characters.");
            return false;
        }

        if (prefix.StartsWith('/'))
        {
            fault = ("path_invalid", "A path has one slash after the bucket's name.");
            return false;
        }

        path = new(bucket, prefix);
        fault = default;
        return true;
    }

    /// <summary>Reads a stored path.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static S3Path Parse(string text) =>
        TryParse(text, out var path, out var fault) ? path : throw new FormatException(fault.Message);

    /// <summary>Whether a key could lie under both.</summary>
    public bool Overlaps(S3Path other) =>
        Bucket == other.Bucket
        && (Prefix.StartsWith(other.Prefix, StringComparison.Ordinal) || other.Prefix.StartsWith(Prefix, StringComparison.Ordinal));

    /// <summary>Whether it is a name that S3 or a compatible store may have given, old names with dots, underscores and capitals included.</summary>
    public static bool IsBucketName(string name) => BucketName().IsMatch(name) && !name.Contains("..", StringComparison.Ordinal);

    /// <summary>Whether the name can stand before a host name under its wildcard certificate; others need path-style requests.</summary>
    public static bool IsDnsLabel(string bucket) => DnsLabel().IsMatch(bucket);

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]\z", RegexOptions.CultureInvariant)]
    private static partial Regex BucketName();

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]\z", RegexOptions.CultureInvariant)]
    private static partial Regex DnsLabel();
}
