using System.Buffers.Binary;

namespace QualityIngest.Domain.Formats.Archives;

/// <summary>Where a zip's directory lies, as the record at its end says.</summary>
/// <param name="Start">The directory's first byte.</param>
/// <param name="End">The byte behind its last.</param>
/// <param name="Entries">How many entries it has.</param>
/// <param name="Shift">Bytes that stand before the zip, which its own places do not count.</param>
internal sealed record ZipEnd(long Start, long End, long Entries, long Shift)
{
    private const int Bytes = 22;
    private const int LocatorBytes = 20;
    private const int LargeBytes = 56;
    private const uint Signature = 0x06054B50;
    private const uint LocatorSignature = 0x07064B50;
    private const uint LargeSignature = 0x06064B50;
    private const uint MemberSignature = 0x04034B50;

    /// <summary>Finds the record, which only a comment may follow.</summary>
    /// <exception cref="ArchiveException">The file is no zip, or was cut.</exception>
    public static async Task<ZipEnd> Find(SpooledFile file, CancellationToken cancel)
    {
        var tail = new byte[(int)Math.Min(file.Length, Bytes + ushort.MaxValue)];
        var tailAt = file.Length - tail.Length;
        await file.Read(tail, tailAt, cancel);
        for (var at = tail.Length - Bytes; at >= 0; at--)
        {
            if (U32(tail, at) != Signature || at + Bytes + U16(tail, at + 20) != tail.Length) continue;
            return U32(tail, at + 16) == uint.MaxValue || U32(tail, at + 12) == uint.MaxValue || U16(tail, at + 10) == ushort.MaxValue
                ? await Large(file, tailAt + at, cancel)
                : Checked(U32(tail, at + 16), U32(tail, at + 12), U16(tail, at + 10), tailAt + at);
        }
        var head = new byte[sizeof(uint)];
        throw await file.Read(head, 0, cancel) == head.Length && U32(head, 0) == MemberSignature
            ? ArchiveException.Truncated("The zip has no directory: it was cut, or its end is damaged.")
            : ArchiveException.Damaged("The file is no zip.");
    }

    /// <summary>The record of zips with many entries, or that are written as if they had them.</summary>
    private static async Task<ZipEnd> Large(SpooledFile file, long smallAt, CancellationToken cancel)
    {
        var locator = new byte[LocatorBytes];
        var record = new byte[LargeBytes];
        if (smallAt < LocatorBytes || await file.Read(locator, smallAt - LocatorBytes, cancel) < LocatorBytes || U32(locator, 0) != LocatorSignature)
            throw Damaged();
        var at = U64(locator, 8);
        if (at < 0 || at > smallAt || await file.Read(record, at, cancel) < LargeBytes || U32(record, 0) != LargeSignature) throw Damaged();
        return Checked(U64(record, 48), U64(record, 40), U64(record, 32), at);
    }

    private static ZipEnd Checked(long offset, long size, long entries, long recordAt)
    {
        var start = recordAt - size;
        return offset >= 0 && size >= 0 && entries >= 0 && start >= offset ? new(start, recordAt, entries, start - offset) : throw Damaged();
    }

    private static ArchiveException Damaged() => ArchiveException.Damaged("The zip's directory is not where its end says.");

    private static ushort U16(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));

    private static uint U32(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));

    private static long U64(byte[] bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at));
}
