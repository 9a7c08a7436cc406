using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace QualityIngest.Client;

/// <summary>The event feed as sequences.</summary>
public static class EventFeed
{
    private const string SignOfLife = "still";
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    // The server gives a sign of life every 15 seconds.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(60);

    /// <summary>Goes through the events that are stored, page by page, and ends behind the last one.</summary>
    /// <param name="client">The API.</param>
    /// <param name="after">The <see cref="FeedEvent.Cursor"/> of the last event that the caller has; null: from the first one on.</param>
    /// <param name="types">Only events of these types; null: of all.</param>
    /// <param name="connectorId">Only events of this connector.</param>
    /// <param name="cancellationToken">Ends the sequence.</param>
    public static async IAsyncEnumerable<FeedEvent> EnumerateEventsAsync(
        this IQualityIngestClient client, string? after = null, IReadOnlyCollection<string>? types = null, Guid? connectorId = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        FeedEvents page;
        do
        {
            page = await client.ListEventsAsync(
                after: after, type: types, connectorId: connectorId, cancellationToken: cancellationToken).ConfigureAwait(false);
            foreach (var told in page.Items)
                yield return told;
            after = page.Next;
        }
        while (page.More);
    }

    /// <summary>
    /// Waits for events and gives each as it happens, without end: a connection that breaks, ends or falls silent for a minute is
    /// made again behind the last event, so that none is missed and none comes twice. Between attempts it waits one second, two
    /// and so on up to 30, or as long as <c>Retry-After</c> asks. Keep the cursor of what is dealt with, and begin there next time.
    /// </summary>
    /// <param name="client">The API.</param>
    /// <param name="after">The <see cref="FeedEvent.Cursor"/> of the last event that the caller has; null: what happens from now on.</param>
    /// <param name="types">Only events of these types; null: of all.</param>
    /// <param name="connectorId">Only events of this connector.</param>
    /// <param name="time">The clock that waits are measured by; null: the system's.</param>
    /// <param name="cancellationToken">Ends the sequence, with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="QualityIngestException">The request is refused, and would be again: by another status than 429 and 5xx.</exception>
    public static async IAsyncEnumerable<FeedEvent> FollowEventsAsync(
        this IQualityIngestClient client, string? after = null, IReadOnlyCollection<string>? types = null, Guid? connectorId = null,
        TimeProvider? time = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        time ??= TimeProvider.System;
        var place = after;
        for (var failures = 0; ; failures++)
        {
            TimeSpan? asked = null;
            using var silence = new CancellationTokenSource(LongestSilence, time);
            using var cancel = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
            var events = Connection(client, place, types, connectorId, cancel.Token).GetAsyncEnumerator(cancel.Token);
            await using var disposal = events.ConfigureAwait(false);
            while (true)
            {
                silence.CancelAfter(LongestSilence);
                try
                {
                    if (!await events.MoveNextAsync().ConfigureAwait(false))
                        break;
                }
                catch (QualityIngestException answer) when (answer.StatusCode is 429 or >= 500)
                {
                    asked = answer.RetryAfter;
                    break;
                }
                catch (Exception broken) when (IsBroken(broken, cancellationToken))
                {
                    break;
                }

                failures = 0;
                silence.CancelAfter(Timeout.InfiniteTimeSpan); // What the caller does with an event may take as long as it likes.
                place = events.Current.EventId ?? place;
                if (events.Current.Data is { } told)
                    yield return told;
            }

            await Task.Delay(asked ?? Wait(failures), time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async IAsyncEnumerable<SseItem<FeedEvent?>> Connection(
        IQualityIngestClient client, string? place, IReadOnlyCollection<string>? types, Guid? connectorId,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        using var response = await client.StreamEventsAsync(
            type: types, connectorId: connectorId, lastEventID: place, cancellationToken: cancel).ConfigureAwait(false);
        await foreach (var item in SseParser.Create(response.Stream, Event).EnumerateAsync(cancel).ConfigureAwait(false))
            yield return item;
    }

    private static FeedEvent? Event(string type, ReadOnlySpan<byte> data) =>
        type == SignOfLife ? null : JsonSerializer.Deserialize<FeedEvent>(data, QualityIngestClient.Json);

    // Cancelled though the caller did not: the silence was too long, or the client's own time limit for an answer was.
    private static bool IsBroken(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested;

    private static TimeSpan Wait(int failures)
    {
        var wait = FirstWait * Math.Pow(2, Math.Min(failures, 5));
        return (wait < LongestWait ? wait : LongestWait) * (1 - Random.Shared.NextDouble() / 4);
    }
}
