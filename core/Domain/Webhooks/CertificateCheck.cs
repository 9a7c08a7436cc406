using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace QualityIngest.Domain.Webhooks;

/// <summary>Checks certificates as written.</summary>
internal static class CertificateCheck
{
    private const int MaxPem = 32_000;

    /// <summary>What is presented in TLS: the certificates alone, and the key.</summary>
    public static (string? Certificates, string? Key) Check(Fields fields, ClientCertificate? certificate, StoredCredentials? kept)
    {
        if (certificate is null)
            return (null, null);
        var pem = Normal(fields, "/certificate/certificate", certificate.Certificate);
        var key = certificate.PrivateKey ?? kept?.Credentials.PrivateKey;
        if (key is null)
            fields.Refuse("/certificate/privateKey", "required", "A certificate needs its private key.");
        else if (pem is not null && (key.Length > MaxPem || !Fits(pem, key)))
            fields.Refuse("/certificate/privateKey", "invalid_key", "This must be the certificate's private key in PEM, unencrypted.");
        return (pem, key);
    }

    /// <summary>The certificates of a PEM text and nothing else of it, such as a key that came along; null where it has none.</summary>
    public static string? Normal(Fields fields, string pointer, string pem)
    {
        var read = new X509Certificate2Collection();
        try
        {
            if (pem.Length <= MaxPem)
                read.ImportFromPem(pem);
        }
        catch (CryptographicException)
        {
            // None of it counts, then.
            foreach (var certificate in read)
                certificate.Dispose();
            read.Clear();
        }

        if (read.Count == 0)
        {
            fields.Refuse(pointer, "invalid_certificate", $"This must be one or more certificates in PEM, of at most {MaxPem} characters.");
            return null;
        }

        var text = read.ExportCertificatePems();
        foreach (var certificate in read)
            certificate.Dispose();
        return text;
    }

    private static bool Fits(string certificate, string key)
    {
        try
        {
            using var both = X509Certificate2.CreateFromPem(certificate, key);
            return both.HasPrivateKey;
        }
        catch (Exception unfit) when (unfit is CryptographicException or ArgumentException)
        {
            return false;
        }
    }
}
