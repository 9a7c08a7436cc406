namespace QualityIngest.GraphQL.Planning;

/// <summary>
/// The rows that a list can answer at most: as many as it asks for, and each of them the rows of the lists within it. Lists side
/// by side add up.
/// </summary>
/// <param name="Count">How many are asked for; null: one, of the operation itself.</param>
internal sealed record Cost(CountSlot? Count)
{
    /// <summary>The lists within.</summary>
    public List<Cost> Within { get; } = [];

    /// <summary>The rows that a request asks for; <see cref="long.MaxValue"/> stands for more.</summary>
    public long Rows(Binding binding)
    {
        long each = Count is null ? 0 : 1;
        foreach (var list in Within)
            each = Math.Min(long.MaxValue / 100_000, each + list.Rows(binding));
        return Math.Min(long.MaxValue / 100_000, each * (Count?.Of(binding) ?? 1));
    }
}
