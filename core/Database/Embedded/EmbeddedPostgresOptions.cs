namespace QualityIngest.Database;

/// <summary>How <see cref="EmbeddedPostgres"/> runs.</summary>
public sealed record EmbeddedPostgresOptions
{
    /// <summary>Where the data, its lock and its password are kept. It is created where it is missing.</summary>
    public required string Directory { get; init; }

    /// <summary>
    /// Where the data goes when this process is root and the account that PostgreSQL runs under cannot reach
    /// <see cref="Directory"/>. Null: that is an error.
    /// </summary>
    public string? UnreachableDirectory { get; init; }

    /// <summary>The directory that has <c>initdb</c> and <c>pg_ctl</c>; null: search the usual places and PATH.</summary>
    public string? Binaries { get; init; }

    /// <summary>How long to wait for another process that uses the data and may be just ending. Default: 5 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Server settings, e.g. <c>max_connections</c>, beyond what the product sets itself.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
