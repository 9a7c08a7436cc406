using System.Buffers.Binary;

namespace QualityIngest.Domain.Formats.Archives;

/// <summary>What a zip's directory says of one entry.</summary>
/// <param name="Name">Its path.</param>
/// <param name="Flags">Bits about how it is packed.</param>
/// <param name="Method">How it is packed.</param>
/// <param name="Checksum">The CRC-32 of its expanded bytes.</param>
/// <param name="Stored">Its stored bytes.</param>
/// <param name="Size">Its expanded bytes.</param>
/// <param name="Start">Where its own header stands.</param>
/// <param name="Mode">Its kind and rights on a Unix, where it comes from one; else 0.</param>
internal sealed record ZipEntry(string Name, ushort Flags, ushort Method, uint Checksum, long Stored, long Size, long Start, int Mode)
{
    /// <summary>The fixed part of an entry in the directory.</summary>
    public const int HeaderBytes = 46;

    /// <summary>The fixed part of the header in front of an entry's bytes.</summary>
    public const int LocalBytes = 30;

    /// <summary>Not packed.</summary>
    public const ushort StoredMethod = 0;

    /// <summary>Packed with deflate.</summary>
    public const ushort DeflateMethod = 8;

    private const uint Signature = 0x02014B50;
    private const uint LocalSignature = 0x04034B50;
    private const ushort AesMethod = 99;
    private const ushort EncryptionFlags = 0x2041;
    private const ushort LargeField = 0x0001;
    private const ushort AesField = 0x9901;
    private const int Unix = 3;
    private const int Darwin = 19;

    private bool HasAesField { get; init; }

    public bool IsEncrypted => (Flags & EncryptionFlags) != 0 || Method == AesMethod || HasAesField;

    public bool IsFolder => Name.EndsWith('/') || (Mode & 0xF000) == 0x4000;

    public bool IsLink => (Mode & 0xF000) == 0xA000;

    /// <summary>Whether it is a device or a pipe.</summary>
    public bool IsSpecial => (Mode & 0xF000) is not (0 or 0x4000 or 0x8000 or 0xA000);

    /// <summary>The length of the parts that follow the fixed one; null where there is no entry.</summary>
    public static (int Name, int Extra, int Comment)? Lengths(ReadOnlySpan<byte> header) =>
        BinaryPrimitives.ReadUInt32LittleEndian(header) == Signature ? (U16(header, 28), U16(header, 30), U16(header, 32)) : null;

    /// <summary>The length of what stands between the place of an entry and its bytes; null where there is no entry.</summary>
    public static int? LocalLength(ReadOnlySpan<byte> local) =>
        BinaryPrimitives.ReadUInt32LittleEndian(local) == LocalSignature ? LocalBytes + U16(local, 26) + U16(local, 28) : null;

    /// <summary>Reads an entry of the directory.</summary>
    public static ZipEntry Read(ReadOnlySpan<byte> header, ReadOnlySpan<byte> name, ReadOnlySpan<byte> extra)
    {
        var system = header[5];
        var attributes = BinaryPrimitives.ReadUInt32LittleEndian(header[38..]);
        var large = ReadOnlySpan<byte>.Empty;
        var isAes = false;
        while (extra.Length >= 4)
        {
            var (id, length) = (U16(extra, 0), Math.Min(U16(extra, 2), extra.Length - 4));
            if (id == LargeField) large = extra.Slice(4, length);
            isAes |= id == AesField;
            extra = extra[(4 + length)..];
        }
        var size = Wide(BinaryPrimitives.ReadUInt32LittleEndian(header[24..]), ref large);
        var stored = Wide(BinaryPrimitives.ReadUInt32LittleEndian(header[20..]), ref large);
        var start = Wide(BinaryPrimitives.ReadUInt32LittleEndian(header[42..]), ref large);
        return new(
            MemberNames.Decode(name), U16(header, 8), U16(header, 10), BinaryPrimitives.ReadUInt32LittleEndian(header[16..]),
            stored, size, start, system is Unix or Darwin ? (int)(attributes >> 16) : 0)
        { HasAesField = isAes };
    }

    /// <summary>A number that did not fit stands among the large ones.</summary>
    private static long Wide(uint narrow, ref ReadOnlySpan<byte> large)
    {
        if (narrow != uint.MaxValue || large.Length < sizeof(long)) return narrow;
        var wide = BinaryPrimitives.ReadInt64LittleEndian(large);
        large = large[sizeof(long)..];
        return wide;
    }

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);
}
