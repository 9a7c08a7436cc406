using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace QualityIngest.Api.Tests.Events;

/// <summary>Event streams are open while events are written.</summary>
public sealed class StreamWriterTests(EventsHost host) : IClassFixture<EventsHost>
{
    private const int Cut = 97;

    [SkippableFact]
    public async Task Beside_eight_writers_every_event_comes_once_in_order_over_one_connection_or_many()
    {
        var tenant = await host.NewTenant();
        var writers = new Writers(host, tenant);
        await using var whole = await OpenedStream.Open(host, tenant.Secret);
        await using var failed = await OpenedStream.Open(host, tenant.Secret, "?type=scan.failed");
        await using var first = await OpenedStream.Open(host, tenant.Secret);

        var writing = writers.Write();
        var reading = new[] { Read(tenant, writing, whole), Read(tenant, writing, failed), Read(tenant, writing, first, cut: Cut) };
        var written = await writing;
        var (all, some, pieces) = (await reading[0], await reading[1], await reading[2]);

        Assert.Equal(written.Count, all.Count);
        Assert.Equal(written, all.Select(Place).ToHashSet());
        foreach (var stream in all.Select(Place).GroupBy(place => place.Scan, place => place.Version))
            Assert.Equal(stream.Order(), stream);
        Assert.True(all.Count > 3 * Cut, "It is cut more than once.");
        Assert.Equal(all.Select(e => e.EventId), pieces.Select(e => e.EventId));
        Assert.Equal(all.Where(e => e.EventType == "scan.failed").Select(e => e.EventId), some.Select(e => e.EventId));
    }

    /// <summary>Reads until nothing comes any more since the writers ended and all of it is final.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="writing">The writers.</param>
    /// <param name="stream">Where it begins.</param>
    /// <param name="cut">After how many events the connection is cut, and the next one goes on from the last of them; 0: never.</param>
    private async Task<List<SseItem<string>>> Read(TestTenant tenant, Task writing, OpenedStream stream, int cut = 0)
    {
        var (events, over, still) = (new List<SseItem<string>>(), false, 0);
        while (still < 2)
        {
            var next = await stream.Next() ?? throw new EndOfStreamException();
            if (next.EventType == OpenedStream.Still)
            {
                // The second in a row that came since all was final: the look before it found nothing.
                still = over ? still + 1 : 0;
                over = over || (writing.IsCompleted && await host.Final());
                continue;
            }

            (still, over) = (0, false);
            events.Add(next);
            if (cut > 0 && events.Count % cut == 0)
            {
                await stream.DisposeAsync();
                stream = await Resume(tenant, next.EventId!);
            }
        }

        await stream.DisposeAsync();
        return events;
    }

    /// <summary>Opens one behind an event. The places of those that were cut become free when the node notices.</summary>
    private async Task<OpenedStream> Resume(TestTenant tenant, string last)
    {
        OpenedStream? opened = null;
        await Eventually.Holds(
            async () =>
            {
                try
                {
                    opened = await OpenedStream.Open(host, tenant.Secret, lastEventId: last);
                    return true;
                }
                catch (HttpRequestException refused) when (refused.StatusCode == HttpStatusCode.TooManyRequests)
                {
                    return false;
                }
            },
            TimeSpan.FromMinutes(1));
        return opened!;
    }

    private static (Guid Scan, long Version) Place(SseItem<string> item)
    {
        using var told = JsonDocument.Parse(item.Data);
        var data = told.RootElement.GetProperty("data");
        return (data.GetProperty("scanId").GetGuid(), data.GetProperty("version").GetInt64());
    }
}
