using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using QualityIngest.Domain.Outbound;
using QualityIngest.Domain.Webhooks;
using QualityIngest.Domain.Webhooks.Delivery;
using QualityIngest.TestKit;

namespace QualityIngest.Domain.Tests.Webhooks;

/// <summary>A web server on the loopback, and callers of it.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _calls;

    private Listener(WebApplication app) => _app = app;

    /// <summary>How often it was called.</summary>
    public int Calls => _calls;

    /// <summary>Where it listens.</summary>
    public Uri Url => new(new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()), "hook");

    /// <summary>Starts one; without settings for TLS it speaks plain HTTP.</summary>
    public static async Task<Listener> Start(RequestDelegate answer, Action<HttpsConnectionAdapterOptions>? tls = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (tls is not null)
                listen.UseHttps(tls);
        }));
        var listener = new Listener(builder.Build());
        listener._app.Run(context =>
        {
            Interlocked.Increment(ref listener._calls);
            return answer(context);
        });
        await listener._app.StartAsync();
        return listener;
    }

    /// <summary>Starts one that takes everything, over TLS or not.</summary>
    public static Task<Listener> Taking(Action<HttpsConnectionAdapterOptions>? tls = null) => Start(_ => Task.CompletedTask, tls);

    /// <summary>A caller of it.</summary>
    public EndpointCaller Caller(Func<OpenEndpoint, OpenEndpoint>? with = null, WebhookOptions? options = null) => To(Url, with, options);

    /// <summary>A caller of any address.</summary>
    public static EndpointCaller To(Uri url, Func<OpenEndpoint, OpenEndpoint>? with = null, WebhookOptions? options = null)
    {
        var endpoint = new OpenEndpoint(Guid.NewGuid(), "t", 1, url, [], [new byte[32]], null, false, null, null, null);
        return new(with?.Invoke(endpoint) ?? endpoint, Guard, options ?? new(), TimeProvider.System);
    }

    /// <summary>A guard that lets the loopback through, and a name that leads nowhere.</summary>
    public static OutboundGuard Guard { get; } = new(Options.Create(new OutboundOptions { Allow = ["127.0.0.1", "nowhere.invalid"] }));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

/// <summary>Short for what most tests say.</summary>
internal static class Calling
{
    private static readonly byte[] Body = "{}"u8.ToArray();

    /// <summary>Shows a certificate alone, whatever is wrong with it.</summary>
    public static void Show(this HttpsConnectionAdapterOptions tls, X509Certificate2 certificate, X509Certificate2 acceptable)
    {
        tls.ServerCertificate = acceptable;
        tls.OnAuthenticate = (_, ssl) =>
            (ssl.ServerCertificate, ssl.ServerCertificateContext) = (null, SslStreamCertificateContext.Create(certificate, null, offline: true));
    }

    /// <summary>Lets nobody in without a certificate of an authority.</summary>
    public static void AskFor(this HttpsConnectionAdapterOptions tls, Authority authority)
    {
        tls.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
        tls.ClientCertificateValidation = (certificate, _, _) => authority.Issued(certificate);
    }

    /// <summary>One attempt.</summary>
    public static Task<AttemptResult> Call(this EndpointCaller caller) => caller.Attempt("evt_1", Body, null, CancellationToken.None);
}
