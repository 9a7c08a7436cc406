using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace QualityIngest.Api.Tests.Webhooks;

/// <summary>A subscriber: takes messages over HTTP on the loopback and keeps them in the order of their arrival.</summary>
public sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedMessage> _received = new();

    private Receiver(WebApplication app) => _app = app;

    /// <summary>What it answers to each message; 204 unless told otherwise.</summary>
    public Func<ReceivedMessage, HttpContext, Task> Answer { get; set; } = (_, context) =>
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    };

    /// <summary>Where it listens.</summary>
    public string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/hook";

    /// <summary>What came so far.</summary>
    public IReadOnlyList<ReceivedMessage> Received => [.. _received];

    /// <summary>Starts one; without a certificate of its own it speaks plain HTTP.</summary>
    public static async Task<Receiver> Start(X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
                listen.UseHttps(certificate);
        }));
        var app = builder.Build();
        var receiver = new Receiver(app);
        app.Run(receiver.Take);
        await app.StartAsync();
        return receiver;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Take(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var message = new ReceivedMessage(
            await reader.ReadToEndAsync(), context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            context.Request.QueryString.Value ?? "");
        _received.Enqueue(message);
        await Answer(message, context);
    }
}

/// <summary>A message as it came.</summary>
/// <param name="Body">Its body.</param>
/// <param name="Headers">Its headers.</param>
/// <param name="Query">The query that it came with.</param>
public sealed record ReceivedMessage(string Body, IReadOnlyDictionary<string, string> Headers, string Query)
{
    /// <summary>Its id.</summary>
    public string Id => Headers["webhook-id"];

    /// <summary>What it says.</summary>
    public JsonElement Json { get; } = JsonDocument.Parse(Body).RootElement;

    /// <summary>What happened.</summary>
    public string Type => Json.GetProperty("type").GetString()!;

    /// <summary>The version of what it is about.</summary>
    public long Version => Json.GetProperty("data").GetProperty("version").GetInt64();

    /// <summary>Whether one of its signatures is that of a secret, computed anew from the definition.</summary>
    public bool IsSignedWith(string secret)
    {
        var content = Encoding.UTF8.GetBytes($"{Id}.{Headers["webhook-timestamp"]}.{Body}");
        var digest = HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), content);
        return Headers["webhook-signature"].Split(' ').Contains("v1," + Convert.ToBase64String(digest));
    }
}
