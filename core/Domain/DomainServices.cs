using QualityIngest.Database;

namespace QualityIngest.Domain;

/// <summary>What the domain brings to a database.</summary>
public static class DomainServices
{
    /// <summary>The migrations of this room.</summary>
    public static MigrationSet Migrations { get; } = new("Domain", typeof(DomainServices).Assembly);
}
