using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace QualityIngest.Domain.Tenants;

/// <summary>
/// The secret of an API key: <c>qi_</c>, 30 random base62 characters, and 6 more with their CRC-32, so that a mistyped key
/// and a scanner's false find are told without asking the database. Only its SHA-256 is ever stored.
/// </summary>
public static class ApiKeySecret
{
    private const string Prefix = "qi_";
    private const int RandomLength = 30;
    private const int CheckLength = 6;
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static readonly SearchValues<char> Base62 = SearchValues.Create(Alphabet);

    /// <summary>A new secret of 178 random bits.</summary>
    public static string Generate()
    {
        var random = RandomNumberGenerator.GetString(Alphabet, RandomLength);
        return Prefix + random + Check(random);
    }

    /// <summary>Whether the text has the form of a secret and its check digits agree.</summary>
    public static bool IsWellFormed(string text) =>
        text.Length == Prefix.Length + RandomLength + CheckLength
        && text.StartsWith(Prefix, StringComparison.Ordinal)
        && text.AsSpan(Prefix.Length).IndexOfAnyExcept(Base62) < 0
        && text.AsSpan(Prefix.Length + RandomLength).SequenceEqual(Check(text.Substring(Prefix.Length, RandomLength)));

    /// <summary>What is stored of a secret, and looked up: 32 bytes.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>What a list shows to tell keys apart: the first characters, too few to guess the rest from.</summary>
    public static string Hint(string secret) => secret[..(Prefix.Length + 4)] + "…";

    private static string Check(string random)
    {
        var rest = Crc32(Encoding.ASCII.GetBytes(random));
        Span<char> digits = stackalloc char[CheckLength];
        for (var i = CheckLength - 1; i >= 0; i--, rest /= (uint)Alphabet.Length)
            digits[i] = Alphabet[(int)(rest % Alphabet.Length)];
        return new string(digits);
    }

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ (0xEDB88320 & (uint)-(int)(crc & 1));
        }

        return ~crc;
    }
}
