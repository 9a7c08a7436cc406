using System.Net.Http.Headers;
using System.Text.Json;

namespace QualityIngest.Client;

/// <summary>
/// A download under way: nothing of it is kept in memory. Its connection is held until it is disposed, so dispose it; reading
/// fails with an <see cref="HttpIOException"/> when the connection breaks off before the end.
/// </summary>
public partial class FileResponse
{
    /// <summary>What the bytes are, e.g. <c>text/csv</c>; null where the server does not say.</summary>
    public string? ContentType => Value("Content-Type");

    /// <summary>How many bytes come; null where that is not known beforehand, as with exports.</summary>
    public long? Length => long.TryParse(Value("Content-Length"), out var length) ? length : null;

    /// <summary>What to call the file, without any folders; null where the server does not say.</summary>
    public string? FileName =>
        ContentDispositionHeaderValue.TryParse(Value("Content-Disposition"), out var disposition)
        && Path.GetFileName(disposition.FileNameStar ?? disposition.FileName?.Trim('"')) is { Length: > 0 } name
            ? name
            : null;

    /// <summary>Reads an export of JSON, one value a line, as it arrives.</summary>
    /// <typeparam name="T">What a line is, e.g. <see cref="ExportedConversation"/>.</typeparam>
    public IAsyncEnumerable<T?> ReadLinesAsync<T>(CancellationToken cancellationToken = default) =>
        JsonSerializer.DeserializeAsyncEnumerable<T>(Stream, topLevelValues: true, QualityIngestClient.Json, cancellationToken);

    private string? Value(string header) =>
        Headers.FirstOrDefault(h => h.Key.Equals(header, StringComparison.OrdinalIgnoreCase)).Value?.FirstOrDefault();
}
