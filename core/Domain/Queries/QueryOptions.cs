namespace QualityIngest.Domain.Queries;

/// <summary>How long callers' own queries may run. Read from the section <c>GraphQL</c>.</summary>
public sealed record QueryOptions
{
    /// <summary>Seconds after which a query's statement is given up. From 1 to 600; default: 10.</summary>
    public int TimeoutSeconds { get; init; } = 10;
}
