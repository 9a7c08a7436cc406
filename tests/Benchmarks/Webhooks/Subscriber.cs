using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using QualityIngest.TestKit.Processes;

namespace QualityIngest.Benchmarks.Webhooks;

/// <summary>Takes messages over HTTP on the loopback, at once, and notes when each came.</summary>
public sealed class Subscriber : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, long> _arrivals = new();
    private int _count;

    private Subscriber(WebApplication app, Uri url) => (_app, Url) = (app, url);

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    /// <summary>How many messages came since it was last forgotten.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>How long it takes to answer; zero: it answers at once.</summary>
    public TimeSpan Takes { get; set; }

    /// <summary>The body of the last message.</summary>
    public byte[] Body { get; private set; } = [];

    /// <summary>Starts one.</summary>
    public static async Task<Subscriber> Start()
    {
        var port = FreePort.Next();
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var subscriber = new Subscriber(builder.Build(), new($"http://127.0.0.1:{port}/hook"));
        subscriber._app.Run(subscriber.Take);
        await subscriber._app.StartAsync();
        return subscriber;
    }

    /// <summary>The stopwatch's reading when an event's message first came; null: it has not come.</summary>
    public long? Arrival(Guid @event) => _arrivals.TryGetValue($"evt_{@event:N}", out var at) ? at : null;

    /// <summary>Forgets what came.</summary>
    public void Forget()
    {
        _arrivals.Clear();
        Volatile.Write(ref _count, 0);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Take(HttpContext context)
    {
        var body = new byte[(int)context.Request.ContentLength!.Value];
        await context.Request.Body.ReadExactlyAsync(body);
        _arrivals.TryAdd(context.Request.Headers["webhook-id"].ToString(), Stopwatch.GetTimestamp());
        Body = body;
        if (Takes > TimeSpan.Zero)
            await Task.Delay(Takes);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        Interlocked.Increment(ref _count);
    }
}
