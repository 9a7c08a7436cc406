using Microsoft.Extensions.Options;

namespace QualityIngest.Domain.Formats;

/// <summary>The format quality-csv as sources hold it: every CSV, except the one that is for the connection test alone.</summary>
public sealed class QualityCsvFormat(IOptions<QualityCsvOptions> options) : IFileFormat
{
    /// <inheritdoc/>
    public string Name => FormatNames.QualityCsv;

    /// <inheritdoc/>
    public bool CountsLines => true;

    /// <inheritdoc/>
    public bool IsCandidate(string key) => key.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public string? SkipCode(string key, long size)
    {
        var name = key[(key.LastIndexOf('/') + 1)..];
        return name == "test.csv" ? "test_file" : size == 0 ? "empty_file" : null;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<FormatItem> Read(Stream body, FileToRead file, CancellationToken cancel) =>
        QualityCsv.Read(body, options.Value with { ExpectedChannel = file.ExpectedChannel }, cancel);
}
