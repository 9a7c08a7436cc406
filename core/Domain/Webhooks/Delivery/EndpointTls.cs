using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace QualityIngest.Domain.Webhooks.Delivery;

/// <summary>What an endpoint's caller presents in TLS, and whom it trusts.</summary>
internal sealed class EndpointTls : IDisposable
{
    private readonly X509Certificate2Collection _presented = [];
    private readonly X509Certificate2Collection _trusted = [];

    /// <exception cref="System.Security.Cryptography.CryptographicException">A certificate or key cannot be read.</exception>
    public EndpointTls(OpenEndpoint endpoint)
    {
        if (endpoint.Certificate is { } certificate)
            Present(certificate);
        if (endpoint.Authority is { } authority)
            _trusted.ImportFromPem(authority);
    }

    /// <summary>Sets a handler up for it.</summary>
    public void Configure(SocketsHttpHandler sockets)
    {
        if (_presented.Count > 0)
            sockets.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(_presented[0], _presented, offline: true);
        if (_trusted.Count == 0)
            return;

        // Only what signs itself is an authority; what else was given leads to one.
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(_trusted);
        policy.ExtraStore.AddRange(_trusted);
        sockets.SslOptions.CertificateChainPolicy = policy;
    }

    public void Dispose()
    {
        foreach (var certificate in _presented.Concat(_trusted))
            certificate.Dispose();
    }

    private void Present(ClientCertificate certificate)
    {
        using var pem = X509Certificate2.CreateFromPem(certificate.Certificate, certificate.PrivateKey);
        _presented.ImportFromPem(certificate.Certificate);
        _presented[0].Dispose();
        _presented[0] = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
    }
}
