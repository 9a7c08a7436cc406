using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using QualityIngest.Database;
using QualityIngest.Domain.Outbound;
using QualityIngest.Domain.Scheduling;

namespace QualityIngest.Domain.Webhooks.Delivery;

/// <summary>
/// The callers of the endpoints that this node serves. Each looks again at its endpoint's configuration after a second, and is
/// made anew where that has changed; the one before it is closed once its attempts have had their time. A caller stays for ten
/// minutes after its last use, and with it its connections and its access token.
/// </summary>
public sealed partial class EndpointCallers(
    Postgres postgres, EndpointAccess access, OutboundGuard guard, IOptions<WebhookOptions> options, DatabaseClock clock, TimeProvider time,
    ILogger<EndpointCallers> logger) : IDisposable
{
    /// <summary>For how long after a change an endpoint may still be served as it was, beside the time that a look takes.</summary>
    internal static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Unused = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<Guid, (EndpointCaller Caller, long LookedAt)> _callers = new();
    private readonly Lock _changes = new();

    /// <summary>The endpoint's caller; null where the endpoint is not to be called: disabled or removed.</summary>
    public async Task<EndpointCaller?> Of(EndpointLease lease, CancellationToken cancel)
    {
        var known = _callers.GetValueOrDefault(lease.Endpoint);
        if (known.Caller is not null && time.GetElapsedTime(known.LookedAt) < LookAgain)
            return known.Caller;
        // One looks again; the others go on with what is known.
        if (known.Caller is not null && !_callers.TryUpdate(lease.Endpoint, (known.Caller, time.GetTimestamp()), known))
            return known.Caller;
        await using var session = await postgres.Pipeline(lease.Tenant, cancel);
        var opened = await access.Open(session, lease.Tenant, lease.Endpoint, cancel);
        if (opened is null)
        {
            Forget(lease.Endpoint);
            return null;
        }

        lock (_changes)
        {
            // What was there before the look may have been put aside, or overtaken, meanwhile.
            var current = _callers.GetValueOrDefault(lease.Endpoint).Caller;
            var caller = current is { Endpoint: var here } && (here.Version > opened.Version || IsSame(here, opened)) ? current : Make(opened);
            _callers[lease.Endpoint] = (caller, time.GetTimestamp());
            if (!ReferenceEquals(caller, current))
                Close(current);
            return caller;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (caller, _) in _callers.Values)
            caller.Dispose();
    }

    // Signing keys run out without a new version.
    private static bool IsSame(OpenEndpoint one, OpenEndpoint other) => one.Version == other.Version && one.SigningKeys.Count == other.SigningKeys.Count;

    private EndpointCaller Make(OpenEndpoint endpoint)
    {
        foreach (var (id, (_, lookedAt)) in _callers)
        {
            if (time.GetElapsedTime(lookedAt) > Unused)
                Forget(id);
        }

        var caller = new EndpointCaller(endpoint, guard, options.Value, clock);
        if (caller.Unreadable is { } unreadable)
            LogUnusable(unreadable, endpoint.Id);
        return caller;
    }

    private void Forget(Guid endpoint)
    {
        lock (_changes)
        {
            if (_callers.TryRemove(endpoint, out var known))
                Close(known.Caller);
        }
    }

    private void Close(EndpointCaller? caller)
    {
        if (caller is not null)
            _ = Task.Delay(2 * options.Value.Timeout, time).ContinueWith(_ => caller.Dispose(), TaskScheduler.Default);
    }

    [LoggerMessage(EventId = 8002, Level = LogLevel.Error, Message = "A certificate or key of endpoint {Endpoint} cannot be read; nothing is sent to it.")]
    private partial void LogUnusable(Exception unreadable, Guid endpoint);
}
