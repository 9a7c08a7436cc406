using QualityIngest.Domain.Formats.Csv;

namespace QualityIngest.Domain.Formats;

/// <summary>How quality-csv files are read. Section <c>QualityCsv</c>.</summary>
public sealed record QualityCsvOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "QualityCsv";

    /// <summary>What <see cref="IsValid"/> asks for.</summary>
    public const string Rule = "QualityCsv: every number of Limits must be at least 1, and RecordBytes not below FieldBytes.";

    /// <summary>The only channel that the file's path is for; null: both. Each file's path decides it, whatever is configured.</summary>
    public Channel? ExpectedChannel { get; init; }

    /// <summary>
    /// Whether stereo and mono rows are accepted. When they are not, such a row is refused as
    /// <c>not_supported_yet</c> once it has passed every other rule. Default true.
    /// </summary>
    public bool AcceptsSound { get; init; } = true;

    /// <summary>What a record may measure.</summary>
    public CsvLimits Limits { get; init; } = new();

    internal bool IsValid => Limits is { FieldBytes: >= 1, Columns: >= 1 } && Limits.RecordBytes >= Limits.FieldBytes;
}
