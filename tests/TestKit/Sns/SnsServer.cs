using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace QualityIngest.TestKit.Sns;

/// <summary>A loopback TLS server in SNS's place: it has the certificates of its topics, and takes their confirmations.</summary>
public sealed class SnsServer : IAsyncDisposable
{
    private HttpsServer server = null!;
    private readonly ConcurrentDictionary<string, string> certificates = new();
    private readonly ConcurrentQueue<string> requests = new();

    private SnsServer()
    {
    }

    /// <summary>Host and port.</summary>
    public string Host => server.Host;

    /// <summary>The certificate that the server's own is checked by, in a file of the system's temporary directory.</summary>
    public string CaFile { get; } = Path.Combine(Path.GetTempPath(), $"qi-sns-{Guid.NewGuid():N}.pem");

    /// <summary>Paths and queries that were asked for, in order.</summary>
    public IReadOnlyList<string> Requests => [.. requests];

    /// <summary>What a confirmation is answered with.</summary>
    public int ConfirmationStatus { get; set; } = StatusCodes.Status200OK;

    /// <summary>Starts a server on a free port.</summary>
    public static async Task<SnsServer> Start()
    {
        var sns = new SnsServer();
        sns.server = await HttpsServer.Start(sns.Answer);
        await File.WriteAllTextAsync(sns.CaFile, sns.server.CertificatePem);
        return sns;
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
        await server.DisposeAsync();
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
