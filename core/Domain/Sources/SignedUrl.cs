using System.Globalization;
using System.Web;
using Amazon.S3;
using Amazon.S3.Model;

namespace QualityIngest.Domain.Sources;

/// <summary>An address that lets whoever has it read one object for a while. It is a secret: never logged, never stored.</summary>
/// <param name="Address">The address.</param>
/// <param name="ExpiresAt">From when on the store refuses it, by the store's clock.</param>
/// <param name="ETag">The object's entity tag without its quotes; null where it has none.</param>
public sealed record SignedUrl(string Address, DateTimeOffset ExpiresAt, string? ETag)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>Without the address.</summary>
    public override string ToString() => $"SignedUrl(until {ExpiresAt:O})";

    /// <summary>Signs with the connection's credentials, whose session is fresh.</summary>
    internal static async Task<SignedUrl> Of(
        S3Connection connection, string bucket, string key, string? etag, TimeSpan lifetime, string? contentType)
    {
        if (connection.Session?.Remaining is { } remaining && remaining < lifetime)
            lifetime = remaining;
        lifetime = TimeSpan.FromTicks(Math.Clamp(lifetime.Ticks, Shortest.Ticks, Longest.Ticks));

        var client = connection.Client;
        var request = new GetPreSignedUrlRequest
        {
            BucketName = bucket,
            Key = key,
            Verb = HttpVerb.GET,
            Protocol = client.Config.ServiceURL?.StartsWith("http:", StringComparison.OrdinalIgnoreCase) == true ? Protocol.HTTP : Protocol.HTTPS,
            Expires = DateTime.UtcNow + lifetime,
        };
        if (contentType is not null)
            request.ResponseHeaderOverrides.ContentType = contentType;

        var address = await client.GetPreSignedURLAsync(request);
        // Signed by the store's clock, as the SDK has come to know it from the store's answers.
        return new(address, Expiry(address), etag);
    }

    private static DateTimeOffset Expiry(string address)
    {
        var query = HttpUtility.ParseQueryString(new Uri(address).Query);
        return DateTimeOffset.ParseExact(query["X-Amz-Date"]!, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
            + TimeSpan.FromSeconds(int.Parse(query["X-Amz-Expires"]!, CultureInfo.InvariantCulture));
    }
}
