using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace QualityIngest.Client;

/// <summary>
/// Tells whether a message to a webhook endpoint is genuine, as Standard Webhooks 1.0 has it: signed with the endpoint's secret,
/// and sent just now. A message may come twice: remember the ids (<c>webhook-id</c>) of those that are dealt with.
/// </summary>
public static class WebhookSignature
{
    /// <summary>The header with the event's id, the same for every attempt.</summary>
    public const string IdHeader = "webhook-id";

    /// <summary>The header with the attempt's time, in seconds since 1970.</summary>
    public const string TimestampHeader = "webhook-timestamp";

    /// <summary>The header with the signatures.</summary>
    public const string SignatureHeader = "webhook-signature";

    /// <summary>How far a message's time may be off, either way, unless the caller says otherwise: 5 minutes.</summary>
    public static readonly TimeSpan DefaultTolerance = TimeSpan.FromMinutes(5);

    private const string SecretPrefix = "whsec_";
    private const string Version = "v1,";

    /// <summary>Passes over a genuine message and throws for any other. The time that it takes tells nothing of the secret.</summary>
    /// <param name="id">The header <c>webhook-id</c>.</param>
    /// <param name="timestamp">The header <c>webhook-timestamp</c>.</param>
    /// <param name="signatures">The header <c>webhook-signature</c>.</param>
    /// <param name="body">The body's bytes exactly as they came, before anything parsed them.</param>
    /// <param name="secrets">The endpoint's secrets, <c>whsec_…</c>: one, or two while one replaces the other.</param>
    /// <param name="tolerance">How far the message's time may be off; null: <see cref="DefaultTolerance"/>.</param>
    /// <param name="time">The clock; null: the system's.</param>
    /// <exception cref="WebhookSignatureException">The message is not genuine, or is too old or too new. Answer 400 or 401.</exception>
    /// <exception cref="ArgumentException">There is no secret, or one is none.</exception>
    public static void Verify(
        string? id, string? timestamp, string? signatures, ReadOnlySpan<byte> body, IReadOnlyCollection<string> secrets,
        TimeSpan? tolerance = null, TimeProvider? time = null)
    {
        var keys = Keys(secrets);
        if (string.IsNullOrEmpty(id) || string.IsNullOrEmpty(timestamp) || string.IsNullOrEmpty(signatures))
            throw new WebhookSignatureException($"The headers {IdHeader}, {TimestampHeader} and {SignatureHeader} are needed.");
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            throw new WebhookSignatureException("The timestamp is no number of seconds.");
        var now = (time ?? TimeProvider.System).GetUtcNow().ToUnixTimeSeconds();
        if (Math.Abs(now - seconds) > (tolerance ?? DefaultTolerance).TotalSeconds)
            throw new WebhookSignatureException("The message was sent too long ago, or its clock is ahead.");
        if (!IsSigned(id, timestamp, signatures, body, keys))
            throw new WebhookSignatureException("No signature is of a known secret.");
    }

    // Every signature is compared with every key, whichever fits.
    private static bool IsSigned(string id, string timestamp, string signatures, ReadOnlySpan<byte> body, List<byte[]> keys)
    {
        var found = false;
        var head = Encoding.UTF8.GetBytes($"{id}.{timestamp}.");
        foreach (var key in keys)
        {
            using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
            hash.AppendData(head);
            hash.AppendData(body);
            var expected = hash.GetHashAndReset();
            foreach (var signature in signatures.Split(' '))
                found |= Bytes(signature) is { } given && CryptographicOperations.FixedTimeEquals(expected, given);
        }

        return found;
    }

    private static byte[]? Bytes(string signature)
    {
        if (!signature.StartsWith(Version, StringComparison.Ordinal))
            return null;
        var bytes = new byte[HMACSHA256.HashSizeInBytes];
        return Convert.TryFromBase64String(signature[Version.Length..], bytes, out var length) && length == bytes.Length ? bytes : null;
    }

    private static List<byte[]> Keys(IReadOnlyCollection<string> secrets)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        if (secrets.Count == 0)
            throw new ArgumentException("At least one secret is needed.", nameof(secrets));
        return [.. secrets.Select(Key)];
    }

    private static byte[] Key(string secret)
    {
        var bytes = new byte[secret.Length];
        return secret.StartsWith(SecretPrefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(secret[SecretPrefix.Length..], bytes, out var length) && length > 0
                ? bytes[..length]
                : throw new ArgumentException($"A webhook's secret is {SecretPrefix} and base64.", nameof(secret));
    }
}
