using QualityIngest.GraphQL.Limits;

namespace QualityIngest.GraphQL.Execution;

/// <summary>How queries are answered. Section <c>GraphQL</c>; its limits are a section of their own within it.</summary>
public sealed record GraphQLOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "GraphQL";

    /// <summary>What <see cref="IsValid"/> asks for.</summary>
    public const string Rule = "GraphQL: CachedDocuments and CachedPlans are from 1 to 100,000, CachedDocumentBytes and CachedPlanBytes are from 64 KB to 1 GB.";

    /// <summary>How large a query may be.</summary>
    public GraphQLLimits Limits { get; init; } = new();

    /// <summary>Documents that are kept parsed and validated. Default 1,000.</summary>
    public int CachedDocuments { get; init; } = 1_000;

    /// <summary>Bytes of the texts of documents that are kept, as UTF-16. Default 16,777,216 (16 MB).</summary>
    public long CachedDocumentBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Plans that are kept: one an operation and shape of its variables. Default 2,000.</summary>
    public int CachedPlans { get; init; } = 2_000;

    /// <summary>Bytes of the plans that are kept, each with its document. Default 33,554,432 (32 MB).</summary>
    public long CachedPlanBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Whether <see cref="Rule"/> holds.</summary>
    public bool IsValid =>
        CachedDocuments is >= 1 and <= 100_000 && CachedPlans is >= 1 and <= 100_000
        && CachedDocumentBytes is >= 65_536 and <= 1_073_741_824 && CachedPlanBytes is >= 65_536 and <= 1_073_741_824;
}
