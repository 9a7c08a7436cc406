using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace QualityIngest.Api.Events;

/// <summary>The streams that are open at this node: each holds a place of its tenant's.</summary>
public sealed class OpenStreams(IOptions<EventStreamOptions> options)
{
    private readonly ConcurrentDictionary<string, int> _open = new();

    /// <summary>Takes a place, until it is disposed of; null: the tenant has none left.</summary>
    public IDisposable? Begin(string tenant)
    {
        var taken = _open.AddOrUpdate(tenant, 1, (_, before) => before + 1);
        var place = new Place(_open, tenant);
        if (taken <= options.Value.StreamsATenant)
            return place;
        place.Dispose();
        return null;
    }

    private sealed class Place(ConcurrentDictionary<string, int> open, string tenant) : IDisposable
    {
        public void Dispose()
        {
            // A tenant that has none open any more is forgotten, unless one was opened meanwhile.
            if (open.AddOrUpdate(tenant, 0, (_, before) => before - 1) == 0)
                open.TryRemove(KeyValuePair.Create(tenant, 0));
        }
    }
}
