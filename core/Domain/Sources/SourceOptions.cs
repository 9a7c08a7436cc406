namespace QualityIngest.Domain.Sources;

/// <summary>How buckets are read. Section <c>Sources</c>.</summary>
public sealed record SourceOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sources";

    /// <summary>The largest object that is read, in bytes, inclusive. Default 52,428,800.</summary>
    public long MaxObjectBytes { get; init; } = 52_428_800;

    /// <summary>How long a listing, or an object's first byte, may take. Default 30 s.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a body may pause between two reads. Default 30 s.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many clients (one for each different access) are kept. Default 256.</summary>
    public int MaxClients { get; init; } = 256;

    /// <summary>How long an assumed role lasts; AWS takes 15 minutes to 12 hours, and no role allows less than 1 hour. Default 1 h.</summary>
    public TimeSpan RoleDuration { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long before it expires an assumed role is assumed again. Default 5 min.</summary>
    public TimeSpan RoleRefreshBefore { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How many locators of a <c>test.csv</c> a connection test reads. Default 20.</summary>
    public int TestLocators { get; init; } = 20;

    /// <summary>How many of them at a time. Default 4.</summary>
    public int TestParallelism { get; init; } = 4;
}
