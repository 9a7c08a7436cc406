using System.Text;
using System.Text.Json;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Feeds;
using QualityIngest.Domain.Files;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Formats.Feeds;

namespace QualityIngest.Domain.Tests.Ingest;

/// <summary>Every event that is stored can be read back, and is folded by the state of its stream.</summary>
public sealed class FoldTests
{
    private static readonly Guid Id = Guid.Parse("01234567-89ab-8cde-8f01-23456789abcd");
    private static readonly DateTimeOffset Noon = new(2025, 6, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly RowOrigin Origin = new(Id, "etag", "calls/day.csv", Noon, 2);

    /// <summary>Facts about scans and connectors: rows of their own tell how those stand.</summary>
    private static readonly string[] NotFolded =
        ["scan_started", "scan_completed", "scan_failed", "scan_cancelled", "connector_suspended", "connector_resumed", "connector_test_failed",
         "connector_stale", "endpoint_disabled"];

    private static readonly object[] Files =
    [
        new FileDiscovered(Id, Id, "calls/day.csv", "etag", 12, Noon),
        new FileChanged(Id, "etag-2", 13, Noon),
        new FileDeferred("etag-2", Noon),
        new FileAwaitingMarker("etag-2", Id),
        new FileStarted("etag-2"),
        new FileSkipped("etag-2", "empty_file"),
        new FileIngested("etag-2", new(3, 1, 1, 0, 0, 0, 1)),
        new FileFailed("etag-2", "throttled", "Slow down.", true, new(1, 1)),
        new FileRetried("etag-2"),
        new FileRemoved(),
    ];

    private static readonly object[] Batches =
    [
        new BatchDiscovered(Id, Id, "in/calls/version=1/format=csv/dt=2025-06-10/", "calls", null, FeedEncoding.Csv, true, "2025-06-10", new(2025, 6, 10)),
        new BatchFailed(null, "feed_kind_unknown", "Nobody says what it holds.", false, "etag@1", Noon),
        new BatchSealed(Id, FeedKind.CallCenterIssues, Id, "etag@2", Noon),
        new BatchConfirmationRequired(Id, new(1, new(2, 2)), 10, 2),
        new BatchConfirmed(Id),
        new BatchSuperseded(Id, new(1, new(2, 2))),
        new BatchReopened(Id),
        new BatchImported(Id, new(1, new(3, 2, 0, 0, 0, 0, 1)), new(1, 2, 3, 4, 5)),
    ];

    private static readonly object[] Conversations =
    [
        new ConversationReceived(Id, "namespace", 1, "hash", Origin, Id, Id, ["agent_defaulted"]),
        new ConversationRevised(Id, 2, "hash-2", Origin, null, null, [], RecordingType.Mono, MonoSide.Agent),
        new ConversationHeld(2, [HoldReason.Queue, HoldReason.Agent]),
        new ConversationCounterpartReceived(Id, 2, "hash-3", Origin with { Line = 3 }, MonoSide.Customer, null, null, []),
        new ConversationReleased(2, Id, Id, []),
        new TranscriptAttached(2, 4, 0, 512),
        new RecordingMeasured(2, RecordingSide.Agent, "wave", "pcm16", 1, 8_000, 60_000, 960_044),
        new ConversationCompleted(2, new Metrics { DurationMs = 1 }, ["phrases_skipped"]),
        new ConversationFailed(2, "object_missing", "It is not there.", true),
        new ConversationRetried(2),
        new ConversationWithdrawn(2),
        new ConversationRestored(2),
        new ConversationErased(2, Id),
        new ConversationErasureLifted(2),
    ];

    [Fact]
    public void Every_registered_event_is_folded_or_known_not_to_be()
    {
        var registry = DomainEvents.Register();

        Assert.Equal(
            registry.Events.Keys.Order(),
            Files.Concat(Batches).Concat(Conversations).Select(registry.NameOf).Concat(NotFolded).Order());
    }

    [Fact]
    public void A_file_folds_all_its_events_and_counts_each()
    {
        var state = FileState.Fold(Id, Files)!;

        Assert.Equal((Files.Length, true, FileStatus.Discovered, "etag-2"), (state.Version, state.Removed, state.Status, state.Etag));
    }

    [Fact]
    public void A_batch_folds_all_its_events_and_counts_each()
    {
        var state = BatchState.Fold(Id, Batches)!;

        Assert.Equal((Batches.Length, BatchStatus.Imported, "etag@2", 3L), (state.Version, state.Status, state.Marker, state.Counts.Rows.RowsRead));
        Assert.Equal((FeedKind.CallCenterIssues, 2L, null, false), (state.Kind, state.Conversations.Revised, state.RowsBefore, state.Confirmed));
    }

    [Fact]
    public void A_conversation_folds_all_its_events_and_counts_each()
    {
        var state = ConversationState.Fold(Id, Conversations)!;

        Assert.Equal((Conversations.Length, 2, ConversationStatus.Erased), (state.Version, state.Revision, state.Status));
        Assert.Equal((1, Id, true), (state.Erasures, state.ErasedName, state.Lifted));
        Assert.Equal("namespace", state.Namespace);
        Assert.Empty(state.Warnings);
    }

    [Fact]
    public void Every_event_is_read_as_it_was_written()
    {
        var registry = DomainEvents.Register();
        foreach (var @event in Files.Concat(Batches).Concat(Conversations))
        {
            using var json = new MemoryStream();
            using (var writer = new Utf8JsonWriter(json))
                registry.Write(writer, @event);

            var read = registry.Read(registry.NameOf(@event), json.ToArray());

            Assert.IsType(@event.GetType(), read);
            using var again = new MemoryStream();
            using (var writer = new Utf8JsonWriter(again))
                registry.Write(writer, read);
            Assert.Equal(Encoding.UTF8.GetString(json.ToArray()), Encoding.UTF8.GetString(again.ToArray()));
        }
    }

    [Fact]
    public void An_event_of_another_stream_is_refused()
    {
        Assert.Throws<ArgumentException>(() => FileState.Apply(new() { Id = Id }, new ConversationRetried(1)));
        Assert.Throws<ArgumentException>(() => ConversationState.Apply(new() { Id = Id }, new FileRemoved()));
    }
}
