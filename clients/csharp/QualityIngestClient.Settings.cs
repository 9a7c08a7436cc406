using System.Text.Json;
using System.Text.Json.Serialization;

namespace QualityIngest.Client;

/// <summary>
/// The API of QualityIngest. Made on an <see cref="HttpClient"/> of the caller's, e.g. from an <c>IHttpClientFactory</c>, whose
/// <see cref="HttpClient.BaseAddress"/> is the server's root with a trailing slash. Safe for use by many threads.
/// </summary>
public partial class QualityIngestClient
{
    /// <summary>How the API's JSON is read and written, e.g. for lines of an export. Read-only.</summary>
    public static JsonSerializerOptions Json
    {
        get
        {
            _settings.Value.MakeReadOnly(populateMissingResolver: true);
            return _settings.Value;
        }
    }

    /// <summary>
    /// Makes a client that shows an API key and repeats calls that are answered 429 or 503 (<see cref="RetryHandler"/>). It is
    /// meant to be kept as long as the program runs: it owns its connections, and renews them so that changes in DNS are seen.
    /// </summary>
    /// <param name="server">The server's root, e.g. <c>https://ingest.example.com</c>, with or without a slash at its end.</param>
    /// <param name="apiKey">The key, <c>qi_…</c>.</param>
    public static QualityIngestClient Connect(Uri server, string apiKey)
    {
        ArgumentNullException.ThrowIfNull(server);
        var sockets = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        return new(new HttpClient(new RetryHandler(new ApiKeyHandler(apiKey) { InnerHandler = sockets }))
        {
            BaseAddress = server.AbsoluteUri.EndsWith('/') ? server : new Uri(server.AbsoluteUri + "/"),
        });
    }

    static partial void UpdateJsonSerializerSettings(JsonSerializerOptions settings)
    {
        // What is absent is not sent: the server takes null only where null means something.
        settings.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        settings.AllowOutOfOrderMetadataProperties = true;
        settings.MaxDepth = 128; // A source's row may have 64 levels, and stands within an answer's own.
        settings.Converters.Add(new JsonStringEnumConverter());
    }
}
