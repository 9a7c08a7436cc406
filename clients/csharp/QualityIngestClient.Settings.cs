using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace QualityIngest.Client;

/// <summary>
/// The API of QualityIngest. Made on an <see cref="HttpClient"/> of the caller's, e.g. from an <c>IHttpClientFactory</c>, whose
/// <see cref="HttpClient.BaseAddress"/> is the server's root with a trailing slash. Safe for use by many threads.
/// </summary>
public partial class QualityIngestClient
{
    /// <summary>Makes a client that shows an API key.</summary>
    /// <param name="server">The server's root, e.g. <c>https://ingest.example.com/</c>.</param>
    /// <param name="apiKey">The key, <c>qi_…</c>.</param>
    public static QualityIngestClient Connect(Uri server, string apiKey) =>
        new(new HttpClient { BaseAddress = server, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", apiKey) } });

    /// <summary>The ETag of a version, for <c>If-Match</c> and <c>If-None-Match</c>.</summary>
    public static string ETag(long version) => $"\"{version.ToString(CultureInfo.InvariantCulture)}\"";

    static partial void UpdateJsonSerializerSettings(JsonSerializerOptions settings)
    {
        // What is absent is not sent: the server takes null only where null means something.
        settings.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        settings.AllowOutOfOrderMetadataProperties = true;
        settings.Converters.Add(new JsonStringEnumConverter());
    }
}
