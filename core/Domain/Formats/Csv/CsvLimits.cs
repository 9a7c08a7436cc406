namespace QualityIngest.Domain.Formats.Csv;

/// <summary>What a record of a CSV file may measure. Counted while reading, before anything is kept.</summary>
public sealed record CsvLimits
{
    /// <summary>Bytes of one field as stored, its quotes included; inclusive. Default: 1 MiB.</summary>
    public int FieldBytes { get; init; } = 1024 * 1024;

    /// <summary>Bytes of one record as stored, without its line end; inclusive. Default: 4 MiB.</summary>
    public int RecordBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Columns of one file; inclusive. Default: 1,000.</summary>
    public int Columns { get; init; } = 1_000;
}
