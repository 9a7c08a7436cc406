using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Catalogue;

/// <summary>How groups of statistics are ordered.</summary>
internal static class StatisticsOrders
{
    /// <summary>The enum, the same for all tables; its first word is the default.</summary>
    public static EnumType Type { get; } = new("GroupOrder", "How groups are ordered. What is equal is ordered by the key; keys that are null come last.",
    [
        new("KEY_ASC", "By the key, dimension by dimension as grouped.", "KEY_ASC"),
        new("KEY_DESC", "By the key, the greatest first.", "KEY_DESC"),
        new("COUNT_DESC", "The largest group first.", "COUNT_DESC"),
        new("COUNT_ASC", "The smallest group first.", "COUNT_ASC"),
    ]);
}
