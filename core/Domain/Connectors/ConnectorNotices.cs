using QualityIngest.Database;
using QualityIngest.EventStore;

namespace QualityIngest.Domain.Connectors;

/// <summary>Records facts about connectors that no other stream is about.</summary>
public sealed class ConnectorNotices(EventStore.EventStore events)
{
    /// <summary>The kind of stream that notices are.</summary>
    public const string StreamType = "notice";

    /// <summary>Records a notice, in the transaction that has locked the connector's row by what it changed there.</summary>
    public async Task Tell(Session session, string tenant, Guid connector, object notice, CancellationToken cancel)
    {
        // A notice stream's version is all that its next event needs.
        var stream = Ids.Notice(connector);
        var locked = await events.Lock(session.Transaction, tenant, [stream], cancel);
        var version = locked.TryGetValue(stream, out var state) ? state.Version : 0;
        await events.Append(session.Transaction, tenant, [new StreamAppend(stream, StreamType, version, [notice])], cancel);
    }
}
