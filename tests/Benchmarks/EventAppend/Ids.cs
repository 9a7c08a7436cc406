using System.Buffers.Binary;
using System.Security.Cryptography;

namespace QualityIngest.Benchmarks.EventAppend;

/// <summary>Ids and hashes that are spread like the product's (it derives both by hashing), and the same in every run.</summary>
internal static class Ids
{
    public static Guid Of(int n) => new(Digest(n).AsSpan(0, 16), bigEndian: true);

    public static string Hash(int n) => Convert.ToHexStringLower(Digest(n).AsSpan(0, 16));

    private static byte[] Digest(int n)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, n);
        return SHA256.HashData(number);
    }
}
