using System.Runtime.CompilerServices;

namespace QualityIngest.Client;

/// <summary>One page of a list.</summary>
/// <typeparam name="T">What the list is of.</typeparam>
public interface IPage<out T>
{
    /// <summary>The items, in the list's order.</summary>
    IReadOnlyList<T> Items { get; }

    /// <summary>The cursor of the next page; null on the last one.</summary>
    string? NextCursor { get; }
}

/// <summary>
/// Lists as sequences: <c>await foreach (var queue in client.EnumerateQueuesAsync())</c>. A page is fetched when its first item
/// is asked for, so that leaving the loop ends the fetching, and what is inserted meanwhile makes nothing come twice.
/// </summary>
public static partial class Paging
{
    private static async IAsyncEnumerable<T> Items<T, TPage>(
        Func<string?, CancellationToken, Task<TPage>> list, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TPage : IPage<T>
    {
        string? cursor = null;
        do
        {
            var page = await list(cursor, cancellationToken).ConfigureAwait(false);
            foreach (var item in page.Items)
                yield return item;
            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }
}
