using System.Runtime.CompilerServices;

namespace QualityIngest.Domain.Formats;

/// <summary>Reads the format quality-csv (Kore.ai Quality AI Express): one row is one conversation, or one side of a mono one.</summary>
public static class QualityCsv
{
    /// <summary>Reads a file from its first byte to its end, forward only and within bounded memory.</summary>
    public static async IAsyncEnumerable<FormatItem> Read(
        Stream stream, QualityCsvOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(options);
        await Task.CompletedTask;
        yield break;
    }
}
