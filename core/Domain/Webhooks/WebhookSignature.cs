using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace QualityIngest.Domain.Webhooks;

/// <summary>Signs messages and makes their secrets (Standard Webhooks 1.0, symmetric signatures).</summary>
public static class WebhookSignature
{
    private const string Prefix = "whsec_";
    private const int SecretBytes = 32;

    /// <summary>A new secret: <c>whsec_</c> and the base64 of 32 random bytes.</summary>
    public static string NewSecret() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>The key that a secret stands for.</summary>
    /// <exception cref="FormatException">It is no secret of this form.</exception>
    public static byte[] Key(string secret) =>
        secret.StartsWith(Prefix, StringComparison.Ordinal)
            ? Convert.FromBase64String(secret[Prefix.Length..])
            : throw new FormatException("A webhook's secret begins with whsec_.");

    /// <summary>
    /// The header <c>webhook-signature</c>: one signature a key, with a space between them. Each is <c>v1,</c> and the base64
    /// of the HMAC-SHA256 over id, timestamp and body with a point between them.
    /// </summary>
    /// <param name="id">The header <c>webhook-id</c>.</param>
    /// <param name="timestamp">The header <c>webhook-timestamp</c>, in seconds since 1970.</param>
    /// <param name="body">The body's bytes as they are sent.</param>
    /// <param name="keys">At least one.</param>
    public static string Sign(string id, long timestamp, ReadOnlySpan<byte> body, IReadOnlyList<byte[]> keys)
    {
        var head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}."));
        var signatures = new StringBuilder();
        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        foreach (var key in keys)
        {
            using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
            hash.AppendData(head);
            hash.AppendData(body);
            hash.GetHashAndReset(digest);
            if (signatures.Length > 0)
                signatures.Append(' ');
            signatures.Append("v1,").Append(Convert.ToBase64String(digest));
        }

        return signatures.ToString();
    }
}
