using System.Diagnostics;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Npgsql;
using QualityIngest.Api.Http;
using QualityIngest.Domain.Tenants;
using QualityIngest.Domain.Webhooks;

namespace QualityIngest.Api.Events;

/// <summary>
/// Events as they happen, for one client. A stream ends when its client goes, when its key does not work any more, when the node
/// stops, and when the database is away; whoever comes back with the last id goes on behind it.
/// </summary>
public sealed class EventStream(EventReader reader, KeyCheck keys, IHostApplicationLifetime node, IOptions<EventStreamOptions> options)
{
    private const string SignOfLife = "still";

    /// <summary>The events behind a place, each with its cursor as id; signs of life between them, the first one at once.</summary>
    public async IAsyncEnumerable<SseItem<FeedEvent?>> Events(
        Caller caller, EventFilter filter, long after, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancel, node.ApplicationStopping);
        yield return Still(EventCursor.Write(after)); // The client learns that it is heard, and where it begins.
        var (said, checkedAt) = (Stopwatch.GetTimestamp(), Stopwatch.GetTimestamp());
        while (await Look(caller, filter, after, checkedAt, ended.Token) is { } look)
        {
            foreach (var told in look.Page.Items)
                yield return new(told, told.Type) { EventId = told.Cursor };
            EventCursor.TryRead(look.Page.Next, out after);
            checkedAt = look.CheckedAt;
            if (look.Page.Items.Count == 0 && Stopwatch.GetElapsedTime(said) < options.Value.SignOfLife)
                continue;
            if (look.Page.Items.Count == 0)
                yield return Still(look.Page.Next);
            said = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>The next page, after a while where there was none; null: the stream ends.</summary>
    private async Task<(FeedEvents Page, long CheckedAt)?> Look(Caller caller, EventFilter filter, long after, long checkedAt, CancellationToken ended)
    {
        try
        {
            if (Stopwatch.GetElapsedTime(checkedAt) >= options.Value.KeyCheck)
            {
                if (!await keys.StillOpens(caller.KeyId, Scopes.WebhooksRead, ended))
                    return null;
                checkedAt = Stopwatch.GetTimestamp();
            }

            var page = await reader.Follow(caller, filter, after, PagingMetadata.MaxLimit, ended);
            if (page is { Items: [], More: false })
                await Task.Delay(options.Value.Look, ended);
            return (page, checkedAt);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            return null;
        }
        catch (NpgsqlException away) when (away.IsTransient)
        {
            return null; // Whoever comes back meanwhile is told so.
        }
    }

    private static SseItem<FeedEvent?> Still(string cursor) => new(null, SignOfLife) { EventId = cursor };
}
