using System.Security.Cryptography;
using System.Text;

namespace QualityIngest.Database;

/// <summary>
/// Seals secrets for storage with AES-256-GCM. A sealed secret is a version byte, the key's id (8 bytes), a nonce (12), the
/// tag (16) and the ciphertext; version, key id and the caller's context are authenticated with it.
/// </summary>
public sealed class SecretBox
{
    private const byte Version = 1;
    private const int IdLength = 8, NonceLength = 12, TagLength = 16;
    private const int HeaderLength = 1 + IdLength, Overhead = HeaderLength + NonceLength + TagLength;

    private readonly byte[] _first;
    private readonly Dictionary<string, byte[]> _keys;

    /// <summary>Creates a box.</summary>
    /// <param name="keys">At least one key of 32 bytes: the first seals, all open.</param>
    public SecretBox(IReadOnlyList<byte[]> keys)
    {
        if (keys.Count == 0 || keys.Any(key => key.Length != SecretKeys.Length))
            throw new ArgumentException($"A box needs at least one key, of {SecretKeys.Length} bytes each.", nameof(keys));
        _first = Id(keys[0]);
        _keys = keys.ToDictionary(key => Convert.ToHexString(Id(key)));
    }

    /// <summary>The id of the key that seals. It tells nothing about the key.</summary>
    public ReadOnlyMemory<byte> SealingKey => _first;

    /// <summary>Seals a secret under the first key.</summary>
    /// <param name="secret">Any text.</param>
    /// <param name="context">Where it belongs, e.g. <c>connector:&lt;id&gt;</c>: sealed in one place, it opens in no other.</param>
    public byte[] Seal(string secret, string context)
    {
        var plain = Encoding.UTF8.GetBytes(secret);
        var box = new byte[Overhead + plain.Length];
        box[0] = Version;
        _first.CopyTo(box, 1);
        var nonce = box.AsSpan(HeaderLength, NonceLength);
        RandomNumberGenerator.Fill(nonce);

        using var cipher = new AesGcm(_keys[Convert.ToHexString(_first)], TagLength);
        cipher.Encrypt(nonce, plain, box.AsSpan(Overhead), box.AsSpan(HeaderLength + NonceLength, TagLength), Associated(box, context));
        CryptographicOperations.ZeroMemory(plain);
        return box;
    }

    /// <summary>Opens what <see cref="Seal"/> sealed in the same context, under any of the keys.</summary>
    /// <exception cref="SecretBoxException">No key of this node fits, the context is another, or the bytes were changed.</exception>
    public string Open(byte[] sealedSecret, string context)
    {
        if (sealedSecret.Length < Overhead || sealedSecret[0] != Version)
            throw new SecretBoxException("These bytes are no sealed secret.");
        var id = Convert.ToHexString(sealedSecret, 1, IdLength);
        if (!_keys.TryGetValue(id, out var key))
            throw new SecretBoxException($"This secret was sealed with the key {id}, which is not among Secrets__Keys.");

        var plain = new byte[sealedSecret.Length - Overhead];
        using var cipher = new AesGcm(key, TagLength);
        try
        {
            cipher.Decrypt(
                sealedSecret.AsSpan(HeaderLength, NonceLength), sealedSecret.AsSpan(Overhead),
                sealedSecret.AsSpan(HeaderLength + NonceLength, TagLength), plain, Associated(sealedSecret, context));
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw new SecretBoxException("This secret was changed, or belongs elsewhere.", e);
        }
        var secret = Encoding.UTF8.GetString(plain);
        CryptographicOperations.ZeroMemory(plain);
        return secret;
    }

    /// <summary>
    /// What a text is known by to whoever has the first key, and to nobody else: unlike a plain hash, it cannot be found by
    /// trying texts. It leads with the key's id.
    /// </summary>
    /// <param name="text">Any text.</param>
    /// <param name="context">Where it belongs: the same text is known by another name elsewhere.</param>
    public string Digest(string text, string context)
    {
        var key = HMACSHA256.HashData(_keys[Convert.ToHexString(_first)], Encoding.UTF8.GetBytes($"quality-ingest digest of {context}"));
        return $"{Convert.ToHexStringLower(_first)}:{Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)))}";
    }

    /// <summary>Whether a secret was sealed with another key than the one that seals now, so that sealing it again lets the old one go.</summary>
    public bool IsOld(byte[] sealedSecret) =>
        sealedSecret.Length >= Overhead && !sealedSecret.AsSpan(1, IdLength).SequenceEqual(_first);

    private static byte[] Associated(byte[] box, string context) => [.. box.AsSpan(0, HeaderLength), .. Encoding.UTF8.GetBytes(context)];

    private static byte[] Id(byte[] key) => HMACSHA256.HashData(key, "quality-ingest key id"u8)[..IdLength];
}

/// <summary>Thrown when a sealed secret cannot be opened. The message never has the secret.</summary>
public sealed class SecretBoxException(string message, Exception? inner = null) : Exception(message, inner);
