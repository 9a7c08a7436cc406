using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace QualityIngest.Domain.Notifications;

/// <summary>What is kept of a certificate that signs a topic's messages.</summary>
/// <param name="PublicKey">The RSA key, as SubjectPublicKeyInfo.</param>
/// <param name="NotBefore">Since when it is valid.</param>
/// <param name="NotAfter">Until when it is valid.</param>
/// <param name="Names">The names that it was issued for: of the subject, and its alternatives.</param>
public sealed record SigningCertificate(byte[] PublicKey, DateTimeOffset NotBefore, DateTimeOffset NotAfter, IReadOnlyList<string> Names)
{
    private const int LeastKeyBits = 2_048;

    /// <summary>Reads the first certificate of a PEM document. Null: there is none, or none with an RSA key of at least 2,048 bits.</summary>
    public static SigningCertificate? Read(string pem)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(pem);
            using var key = certificate.GetRSAPublicKey();
            if (key is null || key.KeySize < LeastKeyBits)
                return null;
            return new(
                key.ExportSubjectPublicKeyInfo(),
                certificate.NotBefore.ToUniversalTime(),
                certificate.NotAfter.ToUniversalTime(),
                [
                    certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false),
                    .. certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(names => names.EnumerateDnsNames()),
                ]);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Whether it is valid at a time.</summary>
    public bool IsValidAt(DateTimeOffset time) => NotBefore <= time && time <= NotAfter;

    /// <summary>
    /// Whether it was issued to SNS. Regions differ in the name: <c>sns.amazonaws.com</c>, <c>sns-signing.REGION.amazonaws.com</c>,
    /// <c>sns-REGION.amazonaws.com.cn</c>; nobody else has a name that begins so under Amazon's domain.
    /// </summary>
    public bool IsOfSns => Names.Any(name =>
        (name.StartsWith("sns.", StringComparison.Ordinal) || name.StartsWith("sns-", StringComparison.Ordinal))
        && (name.EndsWith(".amazonaws.com", StringComparison.Ordinal) || name.EndsWith(".amazonaws.com.cn", StringComparison.Ordinal)));

    /// <summary>Whether the holder of the certificate's key signed these bytes (RSASSA-PKCS1-v1_5).</summary>
    public bool Signed(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> signature, HashAlgorithmName hash)
    {
        using var key = RSA.Create();
        key.ImportSubjectPublicKeyInfo(PublicKey, out _);
        return key.VerifyData(bytes, signature, hash, RSASignaturePadding.Pkcs1);
    }
}
