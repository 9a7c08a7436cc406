using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace QualityIngest.Domain.Notifications;

/// <summary>
/// The secret in the address that a connector's bucket sends its notifications to: 32 random base62 characters, 190 bits.
/// It is compared by its SHA-256, and kept sealed to be shown to those who set the bucket up.
/// </summary>
public static class NotificationToken
{
    private const int Length = 32;
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static readonly SearchValues<char> Base62 = SearchValues.Create(Alphabet);

    /// <summary>A new token.</summary>
    public static string Generate() => RandomNumberGenerator.GetString(Alphabet, Length);

    /// <summary>Whether a text has the form of a token. What has not is refused without asking the database.</summary>
    public static bool IsWellFormed(string text) => text.Length == Length && text.AsSpan().IndexOfAnyExcept(Base62) < 0;

    /// <summary>What is stored to compare with: 32 bytes.</summary>
    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>Whether a token is the one of this hash, in constant time.</summary>
    public static bool Is(string token, byte[] hash) => CryptographicOperations.FixedTimeEquals(Hash(token), hash);

    /// <summary>The context that a connector's token is sealed in.</summary>
    public static string Context(Guid connector) => $"notifications:{connector:N}";
}
