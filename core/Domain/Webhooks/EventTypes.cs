using System.Collections.Frozen;
using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Feeds;
using QualityIngest.Domain.Files;
using QualityIngest.Domain.Scans;
using QualityIngest.Domain.Webhooks.Delivery;

namespace QualityIngest.Domain.Webhooks;

/// <summary>The events that subscribers hear of: their public names, and the stored events that they stand for.</summary>
public static class EventTypes
{
    /// <summary>A message that somebody asked for, to try an endpoint; no event stands behind it.</summary>
    public const string Test = "endpoint.test";

    private static readonly FrozenDictionary<Type, string> ByStored = new Dictionary<Type, string>
    {
        [typeof(ConversationCompleted)] = "conversation.completed",
        [typeof(ConversationHeld)] = "conversation.held",
        [typeof(ConversationReleased)] = "conversation.released",
        [typeof(ConversationFailed)] = "conversation.failed",
        [typeof(ConversationRevised)] = "conversation.revised",
        [typeof(ConversationWithdrawn)] = "conversation.withdrawn",
        [typeof(ConversationRestored)] = "conversation.restored",
        [typeof(ConversationErased)] = "conversation.erased",
        [typeof(FileIngested)] = "file.ingested",
        [typeof(FileFailed)] = "file.failed",
        [typeof(FileDeferred)] = "file.deferred",
        [typeof(ScanCompleted)] = "scan.completed",
        [typeof(ScanFailed)] = "scan.failed",
        [typeof(BatchImported)] = "batch.imported",
        [typeof(BatchFailed)] = "batch.failed",
        [typeof(ConnectorSuspended)] = "connector.suspended",
        [typeof(ConnectorResumed)] = "connector.resumed",
        [typeof(ConnectorTestFailed)] = "connector.test_failed",
        [typeof(ConnectorStale)] = "connector.stale",
        [typeof(EndpointDisabled)] = "endpoint.disabled",
    }.ToFrozenDictionary();

    /// <summary>The public names, in alphabetical order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ByStored.Values.Order(StringComparer.Ordinal)];

    /// <summary>The public name of a stored event; null: subscribers do not hear of it.</summary>
    public static string? NameOf(object @event) => NameOf(@event.GetType());

    /// <summary>The public name of a kind of stored event; null: subscribers do not hear of it.</summary>
    public static string? NameOf(Type stored) => ByStored.GetValueOrDefault(stored);
}
