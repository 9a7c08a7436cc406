using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Options;
using QualityIngest.Domain.Outbound;

namespace QualityIngest.Domain.Notifications;

/// <summary>What came of a call to SNS.</summary>
/// <param name="Status">The answer's status; null: there was none in time, or none that may be had.</param>
/// <param name="Text">The answer's text.</param>
public sealed record SnsAnswer(HttpStatusCode? Status, string Text);

/// <summary>Calls SNS for certificates and confirmations, through the outbound guard: no redirects, bounded in time and bytes.</summary>
public sealed class SnsCalls : IDisposable
{
    private const int MaxBytes = 65_536;

    private readonly SnsAddresses _addresses;
    private readonly HttpClient _aws;
    private readonly HttpClient _own;

    /// <summary>Creates the clients: one for AWS, one for the installation's own hosts.</summary>
    public SnsCalls(OutboundGuard guard, SnsAddresses addresses, IOptions<NotificationOptions> options)
    {
        _addresses = addresses;
        _aws = Client(guard.CreateHandler());
        _own = Client(guard.CreateHandler(configure: sockets =>
        {
            if (options.Value.CaFile is { } file)
                sockets.SslOptions.CertificateChainPolicy = Trusting(file);
        }));

        HttpClient Client(HttpMessageHandler handler) =>
            new(handler) { Timeout = options.Value.Timeout, MaxResponseContentBufferSize = MaxBytes };
    }

    /// <summary>Gets an address that <see cref="SnsAddresses"/> lets through.</summary>
    public async Task<SnsAnswer> Get(Uri address, CancellationToken cancel)
    {
        try
        {
            using var response = await (_addresses.IsOwn(address) ? _own : _aws).GetAsync(address, cancel);
            return new(response.StatusCode, Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(cancel)));
        }
        catch (Exception failed) when (failed is HttpRequestException or OutboundRefusedException or IOException
            || (failed is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return new(null, "");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _aws.Dispose();
        _own.Dispose();
    }

    private static X509ChainPolicy Trusting(string file)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(file);
        return policy;
    }
}
