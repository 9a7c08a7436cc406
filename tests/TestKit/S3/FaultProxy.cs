using System.Collections.Concurrent;
using System.Net;
using System.Security;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace QualityIngest.TestKit.S3;

/// <summary>
/// Stands on loopback in front of an S3 server, passes requests on byte for byte, so that their signatures stay good,
/// and plays the faults that the server itself cannot show. Of several rules that meet a request, the first one counts.
/// </summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Relay relay;
    private readonly ConcurrentQueue<S3Request> requests = [];
    private volatile FaultRule[] rules = [];

    private FaultProxy(WebApplication app, string backend) => (this.app, relay) = (app, new Relay(backend));

    /// <summary>The proxy's URL, without a trailing slash; sign requests for it, not for the server behind.</summary>
    public string Endpoint { get; private set; } = "";

    /// <summary>Every request so far, in order of arrival, the faulty ones included.</summary>
    public IReadOnlyList<S3Request> Requests => [.. requests];

    /// <summary>Starts a proxy on a free port.</summary>
    public static async Task<FaultProxy> Start(string backend)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MaxRequestBodySize = null;
        });
        builder.Services.AddLogging(logging => logging.ClearProviders());
        var proxy = new FaultProxy(builder.Build(), backend);
        proxy.app.Run(proxy.Answer);
        await proxy.app.StartAsync();
        proxy.Endpoint = proxy.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return proxy;
    }

    /// <summary>Adds a rule behind those that stand.</summary>
    /// <param name="when">Which requests it is about.</param>
    /// <param name="fault">What happens to them.</param>
    /// <param name="times">To how many of them.</param>
    /// <param name="skip">How many of them pass before the first one is met.</param>
    public FaultRule Inject(Func<S3Request, bool> when, Fault fault, int times = int.MaxValue, int skip = 0)
    {
        var rule = new FaultRule(when, fault, skip, times);
        FaultRule[] before;
        do
        {
            before = rules;
        }
        while (Interlocked.CompareExchange(ref rules, [.. before, rule], before) != before);
        return rule;
    }

    /// <summary>Heals everything; what was recorded stays.</summary>
    public void Heal() => rules = [];

    /// <summary>Stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
        relay.Dispose();
    }

    private async Task Answer(HttpContext context)
    {
        var request = S3Request.From(context);
        requests.Enqueue(request);
        try
        {
            switch (rules.FirstOrDefault(rule => rule.Meets(request))?.Fault)
            {
                case ErrorFault error:
                    await Refuse(context, error);
                    break;
                case HangupFault:
                    context.Abort();
                    break;
                case CutFault cut:
                    await relay.Pass(context, cutAfter: cut.After);
                    break;
                case RewriteFault rewrite:
                    await relay.Pass(context, rewrite: rewrite.Change);
                    break;
                case BeforeFault before:
                    await before.Action(context.RequestAborted);
                    await relay.Pass(context);
                    break;
                default:
                    await relay.Pass(context);
                    break;
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The reader gave up; there is nobody left to answer.
        }
    }

    private static Task Refuse(HttpContext context, ErrorFault error)
    {
        var elements = new StringBuilder();
        foreach (var (name, value) in error.Elements)
            elements.Append('<').Append(name).Append('>').Append(SecurityElement.Escape(value)).Append("</").Append(name).Append('>');
        var body = Encoding.UTF8.GetBytes(
            $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <Error><Code>{error.Code}</Code><Message>{SecurityElement.Escape(error.Message)}</Message>{elements}<RequestId>4442587FB7D0A2F9</RequestId><HostId>fault</HostId></Error>
            """);

        context.Response.StatusCode = error.Status;
        context.Response.ContentType = "application/xml";
        context.Response.ContentLength = body.Length;
        context.Response.Headers["x-amz-request-id"] = "4442587FB7D0A2F9";
        foreach (var (name, value) in error.Headers)
            context.Response.Headers[name] = value;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(body).AsTask();
    }
}
