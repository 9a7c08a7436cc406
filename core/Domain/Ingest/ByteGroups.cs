namespace QualityIngest.Domain.Ingest;

/// <summary>Divides what is held in memory.</summary>
public static class ByteGroups
{
    /// <summary>The items in groups of about so many bytes, in their order, so that none holds more but by a single item.</summary>
    public static IEnumerable<IReadOnlyList<T>> Of<T>(IEnumerable<T> items, Func<T, long> size, long bytes)
    {
        var group = new List<T>();
        var sum = 0L;
        foreach (var item in items)
        {
            var own = size(item);
            if (group.Count > 0 && sum + own > bytes)
            {
                yield return group;
                (group, sum) = ([], 0);
            }

            group.Add(item);
            sum += own;
        }

        if (group.Count > 0)
            yield return group;
    }
}
