using Microsoft.Extensions.DependencyInjection;
using QualityIngest.Database;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Feeds;
using QualityIngest.Domain.Files;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Formats.Feeds;
using QualityIngest.Domain.Scans;
using QualityIngest.EventStore;

namespace QualityIngest.Api.Tests.Security;

/// <summary>The events behind the rows of an <see cref="Estate"/>.</summary>
internal static class History
{
    /// <summary>Stores them.</summary>
    public static async Task Write(ApiHost host, Guid calls, Guid feeds)
    {
        var now = DateTimeOffset.UtcNow;
        var origin = new RowOrigin(Estate.File, "e", "calls/day.csv", now, 2);
        var received = new ConversationReceived(calls, "n", 1, "h", origin, null, null, [], RecordingType.Stereo);
        var counts = new BatchCounts(1, new());
        var source = await Source(host, calls);
        var feedSource = await Source(host, feeds);
        StreamAppend[] appends =
        [
            new(Estate.File, "file", 0, [new FileDiscovered(source, calls, "calls/day.csv", "e", 9, now), new FileStarted("e"), new FileFailed("e", "network_error", "x", true, new())]),
            new(Estate.Conversation, "conversation", 0, [received, new ConversationCompleted(1, new Metrics(), [])]),
            new(Estate.SpareConversation, "conversation", 0, [received, new ConversationCompleted(1, new Metrics(), [])]),
            new(Estate.Erased, "conversation", 0, [received, new ConversationErased(1, null)]),
            new(Estate.Batch, "batch", 0,
            [
                new BatchDiscovered(feedSource, feeds, "feeds/call_center_issues/", "call_center_issues", FeedKind.CallCenterIssues, FeedEncoding.Csv, false, "call_center_issues", null),
                new BatchSealed(feeds, FeedKind.CallCenterIssues, Estate.Batch, "m", now), new BatchImported(Estate.Batch, counts, new()),
            ]),
            new(Estate.Snapshot, "batch", 0,
            [
                new BatchDiscovered(feedSource, feeds, "feeds/sales/", "sales", FeedKind.SalesMethodsAttribution, FeedEncoding.Csv, true, "sales", null),
                new BatchSealed(feeds, FeedKind.SalesMethodsAttribution, Estate.Snapshot, "m", now), new BatchConfirmationRequired(Estate.Snapshot, counts, 9, 1),
            ]),
            new(Estate.RunningScan, "scan", 0, [new ScanStarted(feeds, "manual", now)]),
            new(Estate.Scan, "scan", 0, [new ScanCompleted(calls, 1, 0, 0, 0)]),
        ];
        await using var session = await host.Services.GetRequiredService<Postgres>().Pipeline(Estate.Owner, default);
        // The read tables are there already; who listens to events is told of them.
        var store = new EventStore.EventStore(host.Services.GetRequiredService<EventRegistry>(), [], host.Services.GetServices<IAppendListener>());
        await store.Append(session.Transaction, Estate.Owner, appends, default);
        await session.Commit(default);
    }

    private static async Task<Guid> Source(ApiHost host, Guid connector)
    {
        await using var command = host.Database.Source.CreateCommand("select source_id from connectors where id = $1");
        command.Parameters.Add(new() { Value = connector });
        return (Guid)(await command.ExecuteScalarAsync())!;
    }
}
