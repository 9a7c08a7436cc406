namespace QualityIngest.Domain;

/// <summary>Where in a list a page ended: lists are ordered by a time and, within it, by an id.</summary>
/// <param name="At">The last item's time; microseconds.</param>
/// <param name="Id">The last item's id.</param>
public sealed record Position<TKey>(DateTimeOffset At, TKey Id) where TKey : IParsable<TKey>;

/// <summary>Which page of a list is wanted.</summary>
/// <param name="Limit">At most so many items, 1–100.</param>
/// <param name="After">Where the page before it ended; null: the first page.</param>
public sealed record PageRequest<TKey>(int Limit, Position<TKey>? After = null) where TKey : IParsable<TKey>;

/// <summary>One page of a list, and where the next one begins.</summary>
/// <param name="Items">The items in the list's order.</param>
/// <param name="Next">Where this page ended when more items follow; null on the last page.</param>
public sealed record Page<T, TKey>(IReadOnlyList<T> Items, Position<TKey>? Next) where TKey : IParsable<TKey>;

/// <summary>How a page is cut from rows.</summary>
public static class Page
{
    /// <summary>
    /// A page of rows that were read with a limit of one more than asked for: the extra row tells whether more follow.
    /// </summary>
    public static Page<T, TKey> Of<T, TKey>(List<T> rows, PageRequest<TKey> request, Func<T, Position<TKey>> position)
        where TKey : IParsable<TKey>
    {
        if (rows.Count <= request.Limit)
            return new Page<T, TKey>(rows, null);
        rows.RemoveRange(request.Limit, rows.Count - request.Limit);
        return new Page<T, TKey>(rows, position(rows[^1]));
    }
}
