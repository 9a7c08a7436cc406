using Microsoft.Extensions.Logging;

namespace QualityIngest.Domain.Webhooks.Delivery;

/// <summary>Whether messages to one endpoint may go on from here. What is over stays over: whoever takes the endpoint next goes on.</summary>
internal sealed partial class ServingState(EndpointLease lease, EndpointCallers callers, ILogger logger)
{
    private volatile bool _superseded;
    private volatile bool _broken;

    /// <summary>Whether something here broke.</summary>
    public bool Broken => _broken;

    /// <summary>
    /// Whether the endpoint still is as this caller knows it. Once it is not, nothing more begins here: whoever takes it next
    /// goes on, in order, by the new configuration.
    /// </summary>
    public async Task<bool> IsCurrent(EndpointCaller caller, CancellationToken cancel)
    {
        if (!_superseded && !ReferenceEquals(await callers.Of(lease, cancel), caller))
            _superseded = true;
        return !_superseded;
    }

    /// <summary>The endpoint has answered that it is gone for good: nothing more begins.</summary>
    public void Gone() => _superseded = true;

    /// <summary>Something here broke: nothing more begins.</summary>
    public void Stop(Exception broken)
    {
        (_broken, _superseded) = (true, true);
        LogStopped(broken, lease.Endpoint);
    }

    [LoggerMessage(EventId = 8001, Level = LogLevel.Warning, Message = "Deliveries to endpoint {Endpoint} stop on this node; another goes on.")]
    private partial void LogStopped(Exception broken, Guid endpoint);
}
