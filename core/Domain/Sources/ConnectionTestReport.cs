namespace QualityIngest.Domain.Sources;

/// <summary>The checks, in the order in which they are made.</summary>
public enum ConnectionCheckName
{
    /// <summary>The connector's role can be assumed.</summary>
    IamRoleAssumption,

    /// <summary>The credentials are accepted.</summary>
    Authentication,

    /// <summary>The paths can be listed and read, and so can what the test file refers to.</summary>
    FilePathAccess,

    /// <summary>The test file can be parsed.</summary>
    FileFormat,

    /// <summary>Its records are valid.</summary>
    MetadataValidation,
}

/// <summary>How a check ended.</summary>
public enum ConnectionCheckStatus
{
    /// <summary>It holds.</summary>
    Passed,

    /// <summary>It does not; see code and resolution.</summary>
    Failed,

    /// <summary>It does not apply, or an earlier one failed.</summary>
    Skipped,
}

/// <summary>One fault behind a failed check, or a remark on a passed one.</summary>
/// <param name="Path">The file or object it is about, e.g. <c>s3://bucket/conversations/test.csv</c>; null: the whole source.</param>
/// <param name="Line">The 1-based line of the file.</param>
/// <param name="Field">The column's canonical name.</param>
/// <param name="Code">A stable snake_case word.</param>
/// <param name="Message">A sentence for people.</param>
public sealed record ConnectionCheckDetail(string? Path, long? Line, string? Field, string Code, string Message);

/// <summary>One check of a connection, and what it found.</summary>
/// <param name="Name">Which check it is.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Code">A stable snake_case word when it failed; else null.</param>
/// <param name="Message">A sentence for people.</param>
/// <param name="Resolution">What to do about a failure; else null.</param>
/// <param name="Details">At most 100 faults or remarks.</param>
public sealed record ConnectionCheck(
    ConnectionCheckName Name,
    ConnectionCheckStatus Status,
    string? Code,
    string Message,
    string? Resolution,
    IReadOnlyList<ConnectionCheckDetail> Details);

/// <summary>What a scan of one path would find, as far as the test's one listed page tells.</summary>
/// <param name="Path">The path, in its stored form.</param>
/// <param name="Listed">Objects on the page.</param>
/// <param name="FromIngestFrom">Those of them that <c>ingestFrom</c> lets through.</param>
/// <param name="More">Whether more keys follow the page.</param>
public sealed record ScanPreview(string Path, int Listed, int FromIngestFrom, bool More);

/// <summary>The result of a connection test.</summary>
/// <param name="Passed">Whether no check failed.</param>
/// <param name="Checks">The five checks in order.</param>
/// <param name="Preview">One for each path that could be listed.</param>
public sealed record ConnectionTestReport(bool Passed, IReadOnlyList<ConnectionCheck> Checks, IReadOnlyList<ScanPreview> Preview);
