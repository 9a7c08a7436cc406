using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace QualityIngest.Domain.Outbound;

/// <summary>
/// Decides which destinations may be called, for recordings, webhooks, token endpoints, S3 and STS alike: public
/// addresses over HTTPS, and what <see cref="OutboundOptions.Allow"/> names. The address that is checked is the address
/// that is dialled, so that a name cannot change its mind in between.
/// </summary>
public sealed class OutboundGuard
{
    private readonly AllowList allowed;
    private readonly TimeSpan connectTimeout;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> resolve;
    private readonly ILogger logger;

    /// <summary>Creates the guard of a configuration.</summary>
    /// <exception cref="FormatException">An entry of <see cref="OutboundOptions.Allow"/> cannot be read.</exception>
    public OutboundGuard(IOptions<OutboundOptions> options, ILogger<OutboundGuard>? logger = null)
        : this(options.Value, Dns.GetHostAddressesAsync, logger)
    {
    }

    internal OutboundGuard(OutboundOptions options, Func<string, CancellationToken, Task<IPAddress[]>> resolve, ILogger? logger = null)
    {
        this.logger = logger ?? NullLogger.Instance;
        allowed = new(options.Allow);
        connectTimeout = options.ConnectTimeout;
        this.resolve = resolve;
    }

    /// <summary>Refuses a URL by its form and literal address; the addresses behind a name are checked when it is dialled.</summary>
    /// <exception cref="OutboundRefusedException">It may not be called.</exception>
    public void Check(Uri uri)
    {
        if (!uri.IsAbsoluteUri || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp))
            throw new OutboundRefusedException("not an http or https URL");
        if (uri.UserInfo.Length > 0 || uri.OriginalString.AsSpan(0, PathStart(uri)).Contains('@'))
            throw new OutboundRefusedException("user information in the URL");
        if (!WrittenHost.IsPlain(uri))
            throw new OutboundRefusedException("the host is written in a misleading form");
        if (uri.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6)
            Check(IPAddress.Parse(uri.IdnHost), uri.Port, named: false, plainHttp: uri.Scheme == Uri.UriSchemeHttp);
        else if (uri.Scheme == Uri.UriSchemeHttp && !allowed.Names(uri.IdnHost, uri.Port) && !allowed.HasRange(uri.Port))
            throw new OutboundRefusedException("plain http to a host that the configuration does not name");
    }

    /// <summary>
    /// Whether the deployment's configuration names this host, or the range of its literal address, so that what goes wrong
    /// there may be told in detail.
    /// </summary>
    public bool Vouches(Uri uri) =>
        allowed.Names(uri.IdnHost, uri.Port) || (IPAddress.TryParse(uri.IdnHost, out var address) && allowed.Covers(address, uri.Port));

    /// <summary>A handler that checks every request and dials only addresses that it checked.</summary>
    /// <param name="redirects">How many redirects of GET and HEAD requests are followed, each checked anew; 0: a 3xx is returned.</param>
    /// <param name="configure">Sets client certificates, trust and limits; proxy, redirects, cookies and dialling stay the guard's.</param>
    /// <param name="follow">Whether the given request may be redirected to this URL; null: wherever <see cref="Check(Uri)"/> lets it.</param>
    public HttpMessageHandler CreateHandler(int redirects = 0, Action<SocketsHttpHandler>? configure = null, Func<HttpRequestMessage, Uri, bool>? follow = null)
    {
        var sockets = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        // A server's certificate may name addresses to get others from: those would be called past the guard.
        sockets.SslOptions.CertificateChainPolicy = new() { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        configure?.Invoke(sockets);
        sockets.UseProxy = false;
        sockets.AllowAutoRedirect = false;
        sockets.UseCookies = false;
        sockets.Credentials = null;
        sockets.ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(); // Nobody outside takes part in the traces.
        sockets.ConnectTimeout = 2 * connectTimeout; // Dialling has its own bound; the other half is for TLS.
        sockets.ConnectCallback = Connect;
        return new GuardedHandler(this, redirects, follow, logger, sockets);
    }

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var plainHttp = context.InitialRequestMessage.RequestUri!.Scheme == Uri.UriSchemeHttp;
        var named = allowed.Names(host, port);
        var vouched = named;
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        bound.CancelAfter(connectTimeout);
        try
        {
            var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, bound.Token);
            foreach (var address in addresses)
                Check(address, port, named, plainHttp);
            vouched = named || addresses.All(address => allowed.Covers(address, port));
            return await Dial(addresses, port, bound.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw Failed(new((int)SocketError.TimedOut));
        }
        catch (SocketException exception)
        {
            throw Failed(exception);
        }

        Exception Failed(SocketException exception) => vouched ? exception : new OutboundRefusedException("the dial failed", exception);
    }

    private void Check(IPAddress address, int port, bool named, bool plainHttp)
    {
        if (allowed.Covers(address, port))
            return;
        if (PublicAddresses.IsMetadata(address))
            throw new OutboundRefusedException("a cloud's metadata address");
        if (named)
            return;
        if (plainHttp)
            throw new OutboundRefusedException("plain http to an address that the configuration does not name");
        if (!PublicAddresses.Contains(address))
            throw new OutboundRefusedException("an address that is not public");
    }

    private static async Task<Stream> Dial(IPAddress[] addresses, int port, CancellationToken cancellation)
    {
        var failure = new SocketException((int)SocketError.HostNotFound);
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, port), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException exception)
            {
                socket.Dispose();
                failure = exception;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw failure;
    }

    private static int PathStart(Uri uri)
    {
        var text = uri.OriginalString;
        var authority = text.IndexOf("://", StringComparison.Ordinal) + 3;
        var end = text.AsSpan(authority).IndexOfAny('/', '?', '#');
        return end < 0 ? text.Length : authority + end;
    }
}
