using QualityIngest.Database;
using QualityIngest.Domain.Tenants;
using QualityIngest.Domain.Webhooks.Messages;
using QualityIngest.EventStore;

namespace QualityIngest.Domain.Webhooks;

/// <summary>One event of the feed.</summary>
/// <param name="Cursor">Its place in the feed.</param>
/// <param name="Id">Its id: that of the messages that tell of it.</param>
/// <param name="Type">What happened, as a type of event.</param>
/// <param name="Timestamp">When it was stored.</param>
/// <param name="Data">What is known of it.</param>
public sealed record FeedEvent(string Cursor, string Id, string Type, DateTimeOffset Timestamp, EventData Data);

/// <summary>A page of the feed.</summary>
/// <param name="Items">The events in their order; fewer than asked for, or none, where there are no more or a filter passes few.</param>
/// <param name="Next">Where the next page begins: ask again with it, at once while <paramref name="More"/>, else later.</param>
/// <param name="More">Whether more events may stand behind this page already.</param>
public sealed record FeedEvents(IReadOnlyList<FeedEvent> Items, string Next, bool More);

/// <summary>Which events a reader wants; every member that is set narrows it.</summary>
/// <param name="Types">Those of these types; empty: all.</param>
/// <param name="ConnectorId">Those of one connector.</param>
public sealed record EventFilter(IReadOnlyList<string> Types, Guid? ConnectorId);

/// <summary>
/// Reads the event feed: every event that subscribers hear of, each once, none missing however many write at the same time, each
/// stream's in the order of its versions.
/// </summary>
public sealed class EventReader(Postgres postgres, EventFeed feed)
{
    private const int PageEvents = 1_000;
    private const int PagesARead = 10;

    /// <summary>The events behind a place: at most so many, looking at no more than some thousands.</summary>
    public async Task<FeedEvents> Read(Caller caller, EventFilter filter, long after, int limit, CancellationToken cancel) =>
        await Read(caller, filter, after, limit, await feed.Watermark(cancel), cancel);

    /// <summary>The same for those who ask again and again, of what was final a moment ago: all who follow cost one look.</summary>
    public async Task<FeedEvents> Follow(Caller caller, EventFilter filter, long after, int limit, CancellationToken cancel) =>
        await Read(caller, filter, after, limit, await feed.Recent(cancel), cancel);

    /// <summary>The place behind everything that is final now.</summary>
    public async Task<long> End(CancellationToken cancel) => (await feed.Watermark(cancel)).Final;

    private async Task<FeedEvents> Read(Caller caller, EventFilter filter, long after, int limit, Watermark watermark, CancellationToken cancel)
    {
        var found = new List<FeedEvent>(limit);
        for (var pages = 0; pages < PagesARead; pages++)
        {
            var page = await feed.Read(caller.Tenant, after, watermark, PageEvents, cancel);
            foreach (var told in await Told(caller, filter, page.Events, cancel))
            {
                found.Add(told.Told);
                if (found.Count == limit)
                    return new(found, EventCursor.Write(told.Sequence), More: true);
            }

            after = page.Next;
            if (page.Events.Count < PageEvents)
                return new(found, EventCursor.Write(after), More: false);
        }

        return new(found, EventCursor.Write(after), More: true);
    }

    private async Task<IEnumerable<(long Sequence, FeedEvent Told)>> Told(
        Caller caller, EventFilter filter, IReadOnlyList<StoredEvent> events, CancellationToken cancel)
    {
        var wanted = events.Where(e => EventTypes.NameOf(e.Data) is { } type && (filter.Types is [] || filter.Types.Contains(type))).ToList();
        if (wanted is [])
            return [];
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        return (await EventMessages.Of(session, caller.Tenant, wanted, cancel))
            .Where(m => filter.ConnectorId is null || m.Message.Data.ConnectorId == filter.ConnectorId)
            .Select(m => (m.Event.Sequence, new FeedEvent(
                EventCursor.Write(m.Event.Sequence), m.Message.Id, m.Message.Type, m.Message.Timestamp, m.Message.Data)));
    }
}
