using System.Runtime.CompilerServices;

namespace QualityIngest.Domain.Formats.Feeds;

/// <summary>Reads a feed's JSONL files.</summary>
public static class FeedJsonLines
{
    /// <summary>
    /// Reads a file forward only: a <see cref="FeedRow"/> or <see cref="RejectedRow"/> for every line that is not blank. A
    /// member that is absent or <c>null</c> has no value; typed members may be written as JSON values or as the texts that CSV
    /// has. Members that the schema does not know are kept as they are. Keeps one line at a time, and never throws for what
    /// the file holds.
    /// </summary>
    public static async IAsyncEnumerable<FormatItem> Read(
        Stream stream, FeedSchema schema, FeedOptions options, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(options);
        using var lines = new LineFrames(stream, options.Limits.RecordBytes);
        var row = new FeedJsonLine(schema, options);
        while (await lines.Next(cancel))
        {
            yield return lines.End is FrameEnd.TooLarge
                ? new RejectedRow(lines.Line, null, [new(null, RowCodes.RecordTooLarge, $"The line is larger than {options.Limits.RecordBytes} bytes.")])
                : row.Read(lines.Json, lines.Line);
        }
    }
}
