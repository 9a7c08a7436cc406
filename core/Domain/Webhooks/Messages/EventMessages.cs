using QualityIngest.Database;
using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Feeds;
using QualityIngest.Domain.Files;
using QualityIngest.Domain.Scans;
using QualityIngest.Domain.Webhooks.Delivery;
using QualityIngest.EventStore;

namespace QualityIngest.Domain.Webhooks.Messages;

/// <summary>Makes the messages of stored events. What events do not carry is looked up where they lead, once for all of them.</summary>
public static class EventMessages
{
    /// <summary>The messages of these events of one tenant, in their order; events that subscribers do not hear of are left out.</summary>
    public static async Task<IReadOnlyList<(StoredEvent Event, EventMessage Message)>> Of(
        Session session, string tenant, IReadOnlyList<StoredEvent> events, CancellationToken cancel)
    {
        var told = events.Where(e => EventTypes.NameOf(e.Data) is not null).ToList();
        var subjects = await Subjects(session, tenant, [.. told.Select(e => e.Stream).Distinct()], cancel);
        return [.. told.Select(e => (e, new EventMessage(Id(e.Id), EventTypes.NameOf(e.Data)!, e.At, Data(e, subjects.GetValueOrDefault(e.Stream)))))];
    }

    /// <summary>The id under which subscribers know an event.</summary>
    public static string Id(Guid @event) => $"evt_{@event:N}";

    private static async Task<Dictionary<Guid, Subject>> Subjects(Session session, string tenant, Guid[] streams, CancellationToken cancel)
    {
        if (streams is [])
            return [];
        var subjects = await session.Query(
            Statement.File<EventMessage>("Webhooks/Messages/Subjects.sql", tenant, streams),
            row => (Id: row.GetGuid(0), Subject: new Subject(row.IsDBNull(1) ? null : row.GetString(1), row.GetGuid(2))), cancel);
        return subjects.ToDictionary(s => s.Id, s => s.Subject);
    }

    private static EventData Data(StoredEvent stored, Subject? subject)
    {
        var (id, version) = (stored.Stream, stored.Version);
        return stored.Data switch
        {
            ConversationCompleted e => Conversation() with { Revision = e.Revision, Metrics = e.Metrics, Warnings = e.Warnings },
            ConversationHeld e => Conversation() with { Revision = e.Revision, Reasons = e.Reasons },
            ConversationReleased e => Conversation() with { Revision = e.Revision, QueueId = e.QueueId, AgentId = e.AgentId, Warnings = e.Warnings },
            ConversationFailed e => Conversation() with { Revision = e.Revision, ErrorCode = e.Code, ErrorDetail = e.Detail, Retryable = e.Retryable },
            ConversationRevised e => Conversation() with { Revision = e.Revision, QueueId = e.QueueId, AgentId = e.AgentId, Warnings = e.Warnings },
            ConversationWithdrawn e => Conversation() with { Revision = e.Revision },
            ConversationRestored e => Conversation() with { Revision = e.Revision },
            ConversationErased e => Conversation() with { Revision = e.Revision },
            BatchImported e => Batch() with { ImportId = e.ImportId, Counts = e.Counts, Conversations = e.Conversations },
            BatchFailed e => Batch() with { ImportId = e.ImportId, ErrorCode = e.Code, ErrorDetail = e.Detail, Retryable = e.Retryable },
            FileIngested e => File(e.Etag) with { Counts = e.Counts },
            FileFailed e => File(e.Etag) with { Counts = e.Counts, ErrorCode = e.Code, ErrorDetail = e.Detail, Retryable = e.Retryable },
            FileDeferred e => File(e.Etag) with { Until = e.Until },
            ScanCompleted e => new ScanData(Url("scans"), e.ConnectorId, version, id)
            {
                Listed = e.Listed,
                Discovered = e.Discovered,
                Changed = e.Changed,
                Removed = e.Removed,
            },
            ScanFailed e => new ScanData(Url("scans"), e.ConnectorId, version, id) { ErrorCode = e.Code, ErrorDetail = e.Detail },
            ConnectorSuspended e => Connector(e.ConnectorId) with { ErrorCode = e.Code, ErrorDetail = e.Detail },
            ConnectorResumed e => Connector(e.ConnectorId),
            ConnectorTestFailed e => Connector(e.ConnectorId) with { ErrorCode = e.Code, ErrorDetail = e.Detail },
            ConnectorStale e => Connector(e.ConnectorId) with { LastDiscoveryAt = e.LastDiscoveryAt },
            EndpointDisabled e => new EndpointData($"/v1/webhooks/endpoints/{e.EndpointId}", null, version, e.EndpointId) { Code = e.Code, Detail = e.Detail },
            var unknown => throw new NotSupportedException($"No message tells of {unknown.GetType().Name}."),
        };

        string Url(string resource) => $"/v1/{resource}/{id}";
        ConversationData Conversation() => new(Url("conversations"), subject?.ConnectorId, version, id, subject?.Name);
        FileData File(string etag) => new(Url("files"), subject?.ConnectorId, version, id, subject?.Name, etag);
        BatchData Batch() => new(Url("batches"), subject?.ConnectorId, version, id, subject?.Name);
        ConnectorData Connector(Guid? connector) => new(connector is null ? null : $"/v1/connectors/{connector}", connector, version);
    }

    /// <summary>What an event is about, beside its stream's id.</summary>
    private sealed record Subject(string? Name, Guid ConnectorId);
}
