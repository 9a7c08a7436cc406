using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace QualityIngest.TestKit.Sns;

/// <summary>A loopback TLS server in SNS's place: it has the certificates of its topics, and takes their confirmations.</summary>
public sealed class SnsServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly X509Certificate2 certificate;
    private readonly ConcurrentDictionary<string, string> certificates = new();
    private readonly ConcurrentQueue<string> requests = new();

    private SnsServer(WebApplication app, X509Certificate2 certificate) => (this.app, this.certificate) = (app, certificate);

    /// <summary>Host and port.</summary>
    public string Host { get; private set; } = "";

    /// <summary>The certificate that the server's own is checked by, in a file of the system's temporary directory.</summary>
    public string CaFile { get; } = Path.Combine(Path.GetTempPath(), $"qi-sns-{Guid.NewGuid():N}.pem");

    /// <summary>Paths and queries that were asked for, in order.</summary>
    public IReadOnlyList<string> Requests => [.. requests];

    /// <summary>What a confirmation is answered with.</summary>
    public int ConfirmationStatus { get; set; } = StatusCodes.Status200OK;

    /// <summary>Starts a server on a free port.</summary>
    public static async Task<SnsServer> Start()
    {
        using var key = RSA.Create(2_048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration()
            .ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        builder.Services.AddLogging(logging => logging.ClearProviders());
        var server = new SnsServer(builder.Build(), certificate);
        server.app.Run(server.Answer);
        await server.app.StartAsync();
        server.Host = new Uri(server.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Authority;
        await File.WriteAllTextAsync(server.CaFile, certificate.ExportCertificatePem());
        return server;
    }

    /// <summary>A topic whose certificate this server has.</summary>
    public SnsTopic NewTopic()
    {
        var topic = new SnsTopic(Host, name: "topics.example");
        certificates[topic.CertificatePath] = topic.Pem;
        return topic;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        certificate.Dispose();
        File.Delete(CaFile);
    }

    private Task Answer(HttpContext context)
    {
        requests.Enqueue(context.Request.Path + context.Request.QueryString);
        if (certificates.TryGetValue(context.Request.Path, out var pem))
            return context.Response.WriteAsync(pem);
        context.Response.StatusCode = context.Request.Query["Action"] == "ConfirmSubscription" ? ConfirmationStatus : StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
