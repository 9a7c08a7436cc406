using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace QualityIngest.TestKit.S3;

/// <summary>A request as it reached the proxy.</summary>
/// <param name="Method">E.g. <c>GET</c>.</param>
/// <param name="Path">As it was sent, still percent-encoded, with its leading slash.</param>
/// <param name="Query">Decoded parameters; one without a value has the empty string.</param>
/// <param name="Headers">By name, in any case.</param>
public sealed record S3Request(
    string Method, string Path, IReadOnlyDictionary<string, string> Query, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The first segment of a path-style URL, decoded; empty for the service itself, as in STS calls.</summary>
    public string Bucket => Uri.UnescapeDataString(Path.TrimStart('/').Split('/', 2)[0]);

    /// <summary>The object's key, decoded once; empty for a bucket.</summary>
    public string Key => Path.TrimStart('/').Split('/', 2) is [_, var key] ? Uri.UnescapeDataString(key) : "";

    /// <summary>Whether it asks for a page of a listing.</summary>
    public bool IsListing => Method == "GET" && Bucket.Length > 0 && Key.Length == 0 && Query.ContainsKey("list-type");

    /// <summary>Whether it asks for an object's content.</summary>
    public bool IsRead => Method == "GET" && Key.Length > 0;

    /// <summary>Whether it calls the token service.</summary>
    public bool IsTokenCall => Method == "POST" && Bucket.Length == 0;

    internal static S3Request From(HttpContext context) => new(
        context.Request.Method,
        RawTarget(context).Split('?', 2)[0],
        context.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()),
        context.Request.Headers.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.OrdinalIgnoreCase));

    internal static string RawTarget(HttpContext context) => context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
}
