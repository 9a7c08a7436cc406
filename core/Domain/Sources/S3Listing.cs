using System.Net;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;

namespace QualityIngest.Domain.Sources;

/// <summary>Asks for pages of keys and refuses any that is not whole.</summary>
internal static class S3Listing
{
    private const int MaxKeys = 1000;

    // Keys may hold characters that XML cannot carry, so they travel URL-encoded.
    public static ListObjectsV2Request Request(string bucket, string prefix, string? startAfter, int maxKeys) => new()
    {
        BucketName = bucket,
        Prefix = prefix,
        StartAfter = startAfter,
        MaxKeys = Math.Clamp(maxKeys, 1, MaxKeys),
        Encoding = EncodingType.Url,
    };

    /// <exception cref="SourceException">The page is cut short, or the store does not list as asked.</exception>
    public static ListingPage Read(ListObjectsV2Response response, ListObjectsV2Request request)
    {
        var entries = response.S3Objects ?? [];
        if (response.IsTruncated is not { } more
            || (response.KeyCount is { } count && count != entries.Count + (response.CommonPrefixes?.Count ?? 0))
            || (more && entries.Count == 0))
            throw new SourceException(S3Failures.ListingCutShort);

        var encoded = response.Encoding == EncodingType.Url;
        var objects = new List<ListedObject>(entries.Count);
        var last = request.StartAfter;
        foreach (var entry in entries)
        {
            var key = encoded ? WebUtility.UrlDecode(entry.Key) : entry.Key;
            if (entry.ETag is null || entry.Size is not { } size || entry.LastModified is not { } modified)
                throw new SourceException(S3Failures.ListingCutShort);
            // A page that goes back would be read for ever; one that leaves the prefix is another page than asked for.
            if (!key.StartsWith(request.Prefix, StringComparison.Ordinal) || (last is not null && Utf8Order(last, key) >= 0))
                throw new SourceException(S3Failures.ListingUnsupported);
            last = key;
            objects.Add(new(key, Unquote(entry.ETag), size, new DateTimeOffset(modified.ToUniversalTime()), entry.StorageClass?.Value ?? ""));
        }

        return new(objects, more);
    }

    public static string Unquote(string etag) => etag.Length > 1 && etag[0] == '"' && etag[^1] == '"' ? etag[1..^1] : etag;

    // UTF-16 sorts surrogates before U+E000; S3 sorts bytes.
    private static int Utf8Order(string left, string right) => Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));
}
