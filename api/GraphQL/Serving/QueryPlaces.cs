using System.Diagnostics;
using Microsoft.Extensions.Options;
using QualityIngest.Database;
using QualityIngest.GraphQL;

namespace QualityIngest.Api.GraphQL.Serving;

/// <summary>
/// The queries that run at this node. Each holds a connection until its answer is sent, and so a place: of its tenant's first,
/// then of the node's.
/// </summary>
public sealed class QueryPlaces : IDisposable
{
    /// <summary>The name of the limit that one tenant's queries reach.</summary>
    public const string OfTenant = "queriesATenant";

    /// <summary>The name of the limit that the queries of all reach.</summary>
    public const string OfNode = "queriesANode";

    private readonly Dictionary<string, Share> _shares = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _node;
    private readonly TimeSpan _wait;
    private readonly int _ofNode, _ofTenant;

    /// <summary>Nothing runs yet.</summary>
    public QueryPlaces(IOptions<QueryPlaceOptions> options, DatabaseOptions database)
    {
        _wait = options.Value.Wait;
        _ofNode = options.Value.QueriesANode is > 0 and var chosen ? chosen : Math.Max(4, database.MaxPoolSize / 4);
        _ofTenant = Math.Min(_ofNode, options.Value.QueriesATenant);
        _node = new SemaphoreSlim(_ofNode, _ofNode);
    }

    /// <summary>How many queries have a place.</summary>
    public int Taken => _ofNode - _node.CurrentCount;

    /// <summary>
    /// Takes a place, until it is disposed of, and waits for it a while. Exactly one of the two is there: where others keep all
    /// places, it is the limit that they have reached.
    /// </summary>
    public async Task<(IDisposable? Place, ExceededLimit? Reached)> Take(string tenant, CancellationToken cancel)
    {
        var place = new Place(this, tenant);
        try
        {
            if (await place.Take(cancel) is not { } reached)
                return (place, null);
            place.Dispose();
            return (null, reached);
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _node.Dispose();

    private Share Enter(string tenant)
    {
        lock (_shares)
        {
            if (!_shares.TryGetValue(tenant, out var share))
                _shares.Add(tenant, share = new Share(_ofTenant));
            share.Users++;
            return share;
        }
    }

    // A tenant that asks nothing any more is forgotten.
    private void Leave(string tenant, Share share)
    {
        lock (_shares)
        {
            if (--share.Users == 0)
                _shares.Remove(tenant);
        }
    }

    private sealed class Share(int places)
    {
        public SemaphoreSlim Free { get; } = new(places, places);

        public int Users { get; set; }
    }

    private sealed class Place(QueryPlaces places, string tenant) : IDisposable
    {
        private readonly Share _share = places.Enter(tenant);
        private bool _ofTenant, _ofNode;

        public async Task<ExceededLimit?> Take(CancellationToken cancel)
        {
            var asked = Stopwatch.GetTimestamp();
            _ofTenant = await _share.Free.WaitAsync(places._wait, cancel);
            if (!_ofTenant)
                return new(OfTenant, places._ofTenant, places._ofTenant + 1);
            var left = places._wait - Stopwatch.GetElapsedTime(asked);
            _ofNode = await places._node.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, cancel);
            return _ofNode ? null : new(OfNode, places._ofNode, places._ofNode + 1);
        }

        public void Dispose()
        {
            if (_ofNode)
                places._node.Release();
            if (_ofTenant)
                _share.Free.Release();
            places.Leave(tenant, _share);
        }
    }
}
