using System.Formats.Tar;
using System.IO.Compression;

namespace QualityIngest.Samples.Json;

/// <summary>Packs files into archives whose bytes depend on nothing but the files.</summary>
internal static class Packed
{
    private static readonly DateTimeOffset PackedAt = new(2026, 5, 8, 3, 0, 0, TimeSpan.Zero);

    public static byte[] Zip(params IEnumerable<(string Name, byte[] Bytes)> members)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in members)
            {
                var entry = zip.CreateEntry(name);
                entry.LastWriteTime = PackedAt;
                using var body = entry.Open();
                body.Write(bytes);
            }
        }

        return packed.ToArray();
    }

    public static byte[] TarGz(params IEnumerable<(string Name, byte[] Bytes)> members)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Ustar))
        {
            foreach (var (name, bytes) in members)
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { ModificationTime = PackedAt, DataStream = new MemoryStream(bytes) });
        }

        return packed.ToArray();
    }
}
