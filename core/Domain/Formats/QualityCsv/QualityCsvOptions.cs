using QualityIngest.Domain.Formats.Csv;

namespace QualityIngest.Domain.Formats;

/// <summary>How a quality-csv file is to be read.</summary>
public sealed record QualityCsvOptions
{
    /// <summary>The only channel that the file's path is for; null: both.</summary>
    public Channel? ExpectedChannel { get; init; }

    /// <summary>
    /// Whether stereo and mono rows are accepted. When they are not, such a row is refused as
    /// <c>not_supported_yet</c> once it has passed every other rule. Default true.
    /// </summary>
    public bool AcceptsSound { get; init; } = true;

    /// <summary>What a record may measure.</summary>
    public CsvLimits Limits { get; init; } = new();
}
