using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Feeds;
using QualityIngest.Domain.Files;
using QualityIngest.Domain.Scans;
using QualityIngest.Domain.Webhooks.Delivery;
using QualityIngest.EventStore;

namespace QualityIngest.Domain;

/// <summary>Every event that the domain stores, under the name that it is stored by. A name never changes its meaning.</summary>
public static class DomainEvents
{
    /// <summary>Registers them all.</summary>
    public static EventRegistry Register()
    {
        var registry = new EventRegistry(DomainJson.Options);
        registry.Map<FileDiscovered>("file_discovered");
        registry.Map<FileChanged>("file_changed");
        registry.Map<FileDeferred>("file_deferred");
        registry.Map<FileAwaitingMarker>("file_awaiting_marker");
        registry.Map<FileStarted>("file_started");
        registry.Map<FileSkipped>("file_skipped");
        registry.Map<FileIngested>("file_ingested");
        registry.Map<FileFailed>("file_failed");
        registry.Map<FileRetried>("file_retried");
        registry.Map<FileRemoved>("file_removed");

        registry.Map<ConversationReceived>("conversation_received");
        registry.Map<ConversationRevised>("conversation_revised");
        registry.Map<ConversationCounterpartReceived>("conversation_counterpart_received");
        registry.Map<ConversationHeld>("conversation_held");
        registry.Map<ConversationReleased>("conversation_released");
        registry.Map<TranscriptAttached>("transcript_attached");
        registry.Map<RecordingMeasured>("recording_measured");
        registry.Map<ConversationCompleted>("conversation_completed");
        registry.Map<ConversationFailed>("conversation_failed");
        registry.Map<ConversationRetried>("conversation_retried");
        registry.Map<ConversationWithdrawn>("conversation_withdrawn");
        registry.Map<ConversationRestored>("conversation_restored");
        registry.Map<ConversationErased>("conversation_erased");
        registry.Map<ConversationErasureLifted>("conversation_erasure_lifted");

        registry.Map<BatchDiscovered>("batch_discovered");
        registry.Map<BatchSealed>("batch_sealed");
        registry.Map<BatchReopened>("batch_reopened");
        registry.Map<BatchConfirmationRequired>("batch_confirmation_required");
        registry.Map<BatchConfirmed>("batch_confirmed");
        registry.Map<BatchImported>("batch_imported");
        registry.Map<BatchSuperseded>("batch_superseded");
        registry.Map<BatchFailed>("batch_failed");

        registry.Map<ScanStarted>("scan_started");
        registry.Map<ScanCompleted>("scan_completed");
        registry.Map<ScanFailed>("scan_failed");
        registry.Map<ScanCancelled>("scan_cancelled");

        registry.Map<ConnectorSuspended>("connector_suspended");
        registry.Map<ConnectorResumed>("connector_resumed");
        registry.Map<ConnectorTestFailed>("connector_test_failed");
        registry.Map<ConnectorStale>("connector_stale");
        registry.Map<EndpointDisabled>("endpoint_disabled");
        return registry;
    }
}
