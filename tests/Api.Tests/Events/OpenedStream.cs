using System.Net.ServerSentEvents;

namespace QualityIngest.Api.Tests.Events;

/// <summary>A client's end of a stream of events.</summary>
public sealed class OpenedStream : IAsyncDisposable
{
    /// <summary>The type of signs of life.</summary>
    public const string Still = "still";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http;
    private readonly HttpResponseMessage _answer;
    private readonly IAsyncEnumerator<SseItem<string>> _items;

    private OpenedStream(HttpClient http, HttpResponseMessage answer, Stream body) =>
        (_http, _answer, _items) = (http, answer, SseParser.Create(body).EnumerateAsync().GetAsyncEnumerator());

    /// <summary>Opens one, and waits for its first sign of life.</summary>
    /// <param name="host">The node.</param>
    /// <param name="secret">The key.</param>
    /// <param name="query">What is asked for, with its question mark.</param>
    /// <param name="lastEventId">The id of the last event that the client has.</param>
    public static async Task<OpenedStream> Open(ApiHost host, string secret, string query = "", string? lastEventId = null)
    {
        var http = host.Http(secret);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("v1/events/stream" + query, UriKind.Relative));
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        var opened = new OpenedStream(http, answer, await answer.Content.ReadAsStreamAsync());
        Assert.Equal(Still, (await opened.Next())?.EventType);
        return opened;
    }

    /// <summary>What comes next, a sign of life or an event; null: the stream has ended.</summary>
    public async Task<SseItem<string>?> Next() => await _items.MoveNextAsync().AsTask().WaitAsync(Patience) ? _items.Current : null;

    /// <summary>The next so many events.</summary>
    public async Task<List<SseItem<string>>> Events(int count)
    {
        var events = new List<SseItem<string>>();
        while (events.Count < count)
        {
            var next = await Next() ?? throw new EndOfStreamException();
            if (next.EventType != Still)
                events.Add(next);
        }

        return events;
    }

    /// <summary>Waits for the end of the stream, which nothing cuts off.</summary>
    public async Task Ends()
    {
        while (await Next() is not null)
        {
            // Signs of life until then.
        }
    }

    /// <summary>Cuts the connection.</summary>
    public ValueTask DisposeAsync()
    {
        _answer.Dispose();
        _http.Dispose();
        return ValueTask.CompletedTask;
    }
}
