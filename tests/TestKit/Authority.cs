using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using QualityIngest.Domain.Webhooks;

namespace QualityIngest.TestKit;

/// <summary>A certificate authority of a test's own.</summary>
public sealed class Authority : IDisposable
{
    /// <summary>What a certificate is good for that proves clients (RFC 5280, section 4.2.1.12).</summary>
    public const string ForClients = "1.3.6.1.5.5.7.3.2";

    private readonly X509Certificate2 _own;

    private Authority(X509Certificate2 own) => _own = own;

    /// <summary>Its certificate.</summary>
    public string Pem => _own.ExportCertificatePem();

    /// <summary>Its certificate, as a server sends it along with one that it has issued.</summary>
    public X509Certificate2 Own => _own;

    /// <summary>An authority that nobody stands above.</summary>
    public static Authority Root()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new(Request(key, "authority", isAuthority: true).CreateSelfSigned(Now.AddDays(-10), Now.AddDays(10)));
    }

    /// <summary>An authority below this one.</summary>
    public Authority Below() => new(Issue("authority below", isAuthority: true, null, null, untilDays: 8));

    /// <summary>A certificate for the loopback.</summary>
    /// <param name="addresses">Where its issuer's certificate is said to be found; null: it says nothing of it.</param>
    /// <param name="good">What alone it is good for; null: it says nothing of that.</param>
    public X509Certificate2 ForLoopback(string? addresses = null, string? good = null) =>
        Issue("localhost", isAuthority: false, names => names.AddIpAddress(IPAddress.Loopback), addresses, good: good);

    /// <summary>A certificate for another host.</summary>
    public X509Certificate2 ForElsewhere() => Issue("elsewhere.example", isAuthority: false, names => names.AddDnsName("elsewhere.example"), null);

    /// <summary>What a client presents, as it is written in an endpoint.</summary>
    public ClientCertificate ForClient(int untilDays = 5)
    {
        using var issued = Issue("client", isAuthority: false, null, null, untilDays);
        return new(issued.ExportCertificatePem(), issued.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>Whether it has issued a certificate that is valid now.</summary>
    public bool Issued(X509Certificate2 certificate)
    {
        using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck } };
        chain.ChainPolicy.CustomTrustStore.Add(_own);
        return chain.Build(certificate);
    }

    /// <inheritdoc/>
    public void Dispose() => _own.Dispose();

    private static DateTimeOffset Now => DateTimeOffset.UtcNow;

    private X509Certificate2 Issue(string name, bool isAuthority, Action<SubjectAlternativeNameBuilder>? names, string? addresses, int untilDays = 5, string? good = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(key, name, isAuthority);
        if (names is not null)
        {
            var alternative = new SubjectAlternativeNameBuilder();
            names(alternative);
            request.CertificateExtensions.Add(alternative.Build());
        }

        if (addresses is not null)
            request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(null, [addresses]));
        if (good is not null)
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new(good)], critical: false));
        using var issued = request.Create(_own, Now.AddDays(-9), Now.AddDays(untilDays), RandomNumberGenerator.GetBytes(8));
        using var whole = issued.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }

    private static CertificateRequest Request(ECDsa key, string name, bool isAuthority)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request;
    }
}
