using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using QualityIngest.TestKit.Processes;

namespace QualityIngest.Api.Tests.Webhooks.Nodes;

/// <summary>A subscriber that keeps what came and what it took, and that can go away and come back at its address.</summary>
public sealed class Subscriber : IAsyncDisposable
{
    private readonly int _port = FreePort.Next();
    private readonly Func<Arrival, Task<int>> _answer;
    private readonly ConcurrentQueue<Arrival> _arrivals = new();
    private readonly ConcurrentDictionary<string, int> _attempts = new();
    private readonly ConcurrentDictionary<string, int> _taken = new();
    private WebApplication? _app;

    private Subscriber(Func<Arrival, Task<int>> answer) => _answer = answer;

    /// <summary>Where it listens.</summary>
    public string Url => $"http://127.0.0.1:{_port}/hook";

    /// <summary>How many messages it has taken, each counted once.</summary>
    public int Taken => _taken.Count;

    /// <summary>How many messages came again after it had taken them.</summary>
    public int Repeated => _taken.Values.Count(times => times > 1);

    /// <summary>How many times more than once messages were taken.</summary>
    public int Repeats => _taken.Values.Sum(times => times - 1);

    /// <summary>The first arrival of each message, in the order in which they came.</summary>
    public IEnumerable<Arrival> FirstArrivals => _arrivals.Where(a => a.Attempt == 1);

    /// <summary>Starts one.</summary>
    /// <param name="answer">The status that it answers, when it does; null: it takes everything at once.</param>
    public static async Task<Subscriber> Start(Func<Arrival, Task<int>>? answer = null)
    {
        var subscriber = new Subscriber(answer ?? (_ => Task.FromResult(StatusCodes.Status204NoContent)));
        await subscriber.Open();
        return subscriber;
    }

    /// <summary>Listens.</summary>
    public async Task Open()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, _port));
        _app = builder.Build();
        _app.Run(Take);
        await _app.StartAsync();
    }

    /// <summary>Stops listening and cuts what is under way.</summary>
    public async Task Close()
    {
        await _app!.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        _app = null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await Close();
    }

    private async Task Take(HttpContext context)
    {
        using var message = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        var data = message.RootElement.GetProperty("data");
        var id = context.Request.Headers["webhook-id"].ToString();
        var attempt = _attempts.AddOrUpdate(id, 1, (_, before) => before + 1);
        var arrival = new Arrival(id, data.GetProperty("scanId").GetGuid(), data.GetProperty("version").GetInt64(), attempt, context.RequestAborted);
        _arrivals.Enqueue(arrival);
        try
        {
            context.Response.StatusCode = await _answer(arrival);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        if (context.Response.StatusCode < 300)
            _taken.AddOrUpdate(id, 1, (_, before) => before + 1);
    }
}

/// <summary>One arrival of a message.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Stream">The stream of its event.</param>
/// <param name="Version">The event's place in it.</param>
/// <param name="Attempt">How often it has come, this time included.</param>
/// <param name="Gone">Cancelled when the sender gives the attempt up.</param>
public sealed record Arrival(string Id, Guid Stream, long Version, int Attempt, CancellationToken Gone);
