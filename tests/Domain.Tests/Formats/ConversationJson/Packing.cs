using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using static QualityIngest.Domain.Tests.Formats.Conversations;

namespace QualityIngest.Domain.Tests.Formats;

/// <summary>Packs files as their sources do, and as nobody should.</summary>
internal static class Packing
{
    /// <summary>No bytes, compressed.</summary>
    public static readonly byte[] Nothing = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    public static byte[] Gzip(byte[] bytes, CompressionLevel level = CompressionLevel.Optimal)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, level)) gzip.Write(bytes);
        return packed.ToArray();
    }

    public static byte[] Gzip(string text) => Gzip(Bytes(text));

    public static byte[] Zip(params (string Name, string Text)[] files) => Zip(CompressionLevel.Optimal, files);

    public static byte[] Zip(CompressionLevel level, params (string Name, string Text)[] files) =>
        ZipOf(zip =>
        {
            foreach (var (name, text) in files)
            {
                using var entry = zip.CreateEntry(name, level).Open();
                entry.Write(Bytes(text));
            }
        });

    public static byte[] ZipOf(Action<ZipArchive> fill)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create)) fill(zip);
        return packed.ToArray();
    }

    public static byte[] Tgz(params (string Name, string Text)[] files) => Gzip(Tar(TarEntryFormat.Pax, files));

    public static byte[] Tar(TarEntryFormat format, params (string Name, string Text)[] files) =>
        TarOf(format, [.. files.Select(file => Entry(format, file.Name, file.Text))]);

    public static byte[] TarOf(TarEntryFormat format, params TarEntry[] entries)
    {
        using var packed = new MemoryStream();
        using (var tar = new TarWriter(packed, format))
        {
            foreach (var entry in entries) tar.WriteEntry(entry);
        }
        return packed.ToArray();
    }

    public static TarEntry Entry(TarEntryFormat format, string name, string text, TarEntryType type = TarEntryType.RegularFile)
    {
        if (format is TarEntryFormat.V7 && type is TarEntryType.RegularFile) type = TarEntryType.V7RegularFile;
        TarEntry entry = format switch
        {
            TarEntryFormat.V7 => new V7TarEntry(type, name),
            TarEntryFormat.Ustar => new UstarTarEntry(type, name),
            TarEntryFormat.Gnu => new GnuTarEntry(type, name),
            _ => new PaxTarEntry(type, name),
        };
        if (type is TarEntryType.SymbolicLink or TarEntryType.HardLink) entry.LinkName = text;
        else if (type is TarEntryType.RegularFile or TarEntryType.V7RegularFile) entry.DataStream = new MemoryStream(Bytes(text));
        return entry;
    }

    /// <summary>A tar's header as it stands in the file, for what no writer writes.</summary>
    public static byte[] TarHeader(string name, long size, char type)
    {
        var block = new byte[512];
        Encoding.UTF8.GetBytes(name, block);
        Octal(block, 100, 8, 420);
        Octal(block, 124, 12, size);
        block[156] = (byte)type;
        "ustar\000"u8.CopyTo(block.AsSpan(257));
        block.AsSpan(148, 8).Fill((byte)' ');
        Octal(block, 148, 7, block.Sum(value => (long)value));
        return block;
    }

    /// <summary>Changes the directory's entries of a zip; the bytes given start at each one's signature.</summary>
    public static byte[] Entries(byte[] zip, Action<Span<byte>> change)
    {
        var changed = zip.ToArray();
        for (var at = 0; at + 46 <= changed.Length; at++)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(changed.AsSpan(at)) == 0x02014B50) change(changed.AsSpan(at));
        }
        return changed;
    }

    private static void Octal(byte[] block, int at, int length, long number) =>
        Encoding.ASCII.GetBytes(Convert.ToString(number, 8).PadLeft(length - 1, '0'), block.AsSpan(at));
}
