namespace QualityIngest.Domain.Formats.Csv;

/// <summary>How the fields of a file's records are called.</summary>
internal interface IColumnNames
{
    /// <summary>How many fields a record must have.</summary>
    int Fields { get; }

    /// <summary>The name of a field, 0-based; null where the file has no such column.</summary>
    string? Name(int field);
}
