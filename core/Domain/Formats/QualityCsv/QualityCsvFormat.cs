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
    public Verdict? Judge(ObjectSeen seen)
    {
        if (!seen.Key.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
            return null;
        return seen.Key[(seen.Key.LastIndexOf('/') + 1)..] == "test.csv" ? new Verdict.Skip("test_file")
            : seen.Size == 0 ? new Verdict.Skip("empty_file")
            : new Verdict.Read();
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<FormatItem> Read(Stream body, FileToRead file, CancellationToken cancel) =>
        QualityCsv.Read(body, options.Value with { ExpectedChannel = file.ExpectedChannel }, cancel);
}
