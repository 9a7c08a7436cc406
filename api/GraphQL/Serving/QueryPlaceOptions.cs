namespace QualityIngest.Api.GraphQL.Serving;

/// <summary>
/// How many queries have a connection of the database at once, so that keys, work and webhooks always find one. Section
/// <c>GraphQL:Serving</c>.
/// </summary>
public sealed record QueryPlaceOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "GraphQL:Serving";

    /// <summary>What <see cref="IsValid"/> asks for.</summary>
    public const string Rule =
        "GraphQL:Serving: QueriesANode is 0 to 1,000, QueriesATenant 1 to 1,000, Wait 0 to 30 s, Sending 1 s to 1 h.";

    /// <summary>The most queries at once on a node; 0: a quarter of <c>Database:MaxPoolSize</c>, at least 4. Default 0.</summary>
    public int QueriesANode { get; init; }

    /// <summary>The most queries of one tenant at once on a node, never more than those of all. Default 8.</summary>
    public int QueriesATenant { get; init; } = 8;

    /// <summary>How long a query waits for others to end before it is refused. Default 1 s.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long an answer may take to be sent; then its connection is cut. Default 60 s.</summary>
    public TimeSpan Sending { get; init; } = TimeSpan.FromSeconds(60);

    internal bool IsValid =>
        QueriesANode is >= 0 and <= 1_000 && QueriesATenant is >= 1 and <= 1_000
        && Wait >= TimeSpan.Zero && Wait <= TimeSpan.FromSeconds(30)
        && Sending >= TimeSpan.FromSeconds(1) && Sending <= TimeSpan.FromHours(1);
}
