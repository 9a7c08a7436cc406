using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace QualityIngest.Domain.Webhooks.Delivery;

/// <summary>What an endpoint's caller presents in TLS, and whom it trusts.</summary>
internal sealed class EndpointTls : IDisposable
{
    /// <summary>What a certificate has to be good for, if it says what it is good for: proving a server (RFC 5280, section 4.2.1.12).</summary>
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

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

    /// <summary>Sets a handler up for the endpoint: with an authority of its own, it is trusted by that one alone.</summary>
    public void Configure(SocketsHttpHandler sockets)
    {
        Present(sockets);
        if (_trusted.Count > 0)
            sockets.SslOptions.CertificateChainPolicy = Policy();
    }

    /// <summary>
    /// Sets a handler up for the issuer of the endpoint's access tokens. It may be the endpoint's neighbour or a public one, so it is
    /// trusted by the system's authorities as well as by the endpoint's own; and tokens that are bound to a certificate (RFC 8705,
    /// section 3) can be issued only to a caller who presents it.
    /// </summary>
    public void ConfigureIssuer(SocketsHttpHandler sockets)
    {
        Present(sockets);
        if (_trusted.Count > 0)
            sockets.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                errors == SslPolicyErrors.None || (errors == SslPolicyErrors.RemoteCertificateChainErrors && IsOfAuthority(certificate, chain));
    }

    public void Dispose()
    {
        foreach (var certificate in _presented.Concat(_trusted))
            certificate.Dispose();
    }

    private bool IsOfAuthority(X509Certificate? certificate, X509Chain? sent)
    {
        if (certificate is not X509Certificate2 own)
            return false;
        using var chain = new X509Chain { ChainPolicy = Policy() };
        chain.ChainPolicy.ApplicationPolicy.Add(new(ServerAuthentication));
        if (sent is not null)
            chain.ChainPolicy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        return chain.Build(own);
    }

    private X509ChainPolicy Policy()
    {
        // Only what signs itself is an authority; what else was given leads to one.
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(_trusted);
        policy.ExtraStore.AddRange(_trusted);
        return policy;
    }

    private void Present(SocketsHttpHandler sockets)
    {
        if (_presented.Count > 0)
            sockets.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(_presented[0], _presented, offline: true);
    }

    private void Present(ClientCertificate certificate)
    {
        using var pem = X509Certificate2.CreateFromPem(certificate.Certificate, certificate.PrivateKey);
        _presented.ImportFromPem(certificate.Certificate);
        _presented[0].Dispose();
        _presented[0] = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
    }
}
