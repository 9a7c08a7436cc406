using System.Text.RegularExpressions;

namespace QualityIngest.Domain.Sources;

/// <summary>Which hosts a source's settings lead to.</summary>
internal static partial class SourceEndpoint
{
    /// <summary>The store's URL; null: AWS's in the region.</summary>
    /// <exception cref="SourceException">Endpoint or region cannot be used.</exception>
    public static Uri? Store(SourceSettings settings) => Read(settings, settings.Endpoint);

    /// <summary>The token service's URL; null: AWS's in the region.</summary>
    /// <exception cref="SourceException">Endpoint or region cannot be used.</exception>
    public static Uri? TokenService(SourceSettings settings) => Read(settings, settings.StsEndpoint ?? settings.Endpoint);

    /// <summary>
    /// Whether the deployment's own identity may sign for this host: a signed request in a stranger's hands could be played
    /// back to AWS.
    /// </summary>
    public static bool IsAws(Uri endpoint) => endpoint.Scheme == Uri.UriSchemeHttps && endpoint.IsDefaultPort && AwsHost().IsMatch(endpoint.IdnHost);

    private static Uri? Read(SourceSettings settings, string? endpoint)
    {
        // AWS's host names are made of the region, so it must not smuggle in a host of its own.
        if (!Region().IsMatch(settings.Region))
            throw new SourceException(S3Failures.RegionInvalid);
        if (string.IsNullOrWhiteSpace(endpoint))
            return null;
        return Uri.TryCreate(endpoint.Trim(), UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
            && uri.PathAndQuery == "/" && uri.Fragment.Length == 0
            ? uri
            : throw new SourceException(S3Failures.EndpointInvalid);
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,31}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Region();

    [GeneratedRegex(@"^(s3|sts)(-fips)?(\.dualstack)?(\.[a-z]{2,3}(-[a-z]+)+-\d+)?\.amazonaws\.com(\.cn)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex AwsHost();
}
