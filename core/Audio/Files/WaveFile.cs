using System.Buffers.Binary;

namespace QualityIngest.Audio;

/// <summary>
/// RIFF and RF64 WAVE: chunks in any order, of which only the format and the sound matter. Sizes are hints: writers that
/// stream leave 0 or a number beyond any file in them, and writers that are interrupted leave what they hoped for.
/// </summary>
internal static class WaveFile
{
    private const int MostChunks = 4096;
    private const uint Unknown = uint.MaxValue;

    public static Looked Look(FileBytes file)
    {
        var isRf64 = file.Name(0) == "RF64";
        if (file.Name(8) is not "WAVE")
            return file.Length < 12 ? "It ends within its header." : $"It is {file.Name(0)}, but not WAVE.";

        WaveFormat? format = null;
        Stretch? data = null;
        long? realDataSize = null;
        long offset = 12;
        for (var chunks = 0; format is null || data is null; chunks++)
        {
            if (chunks == MostChunks)
                return $"It has more than {MostChunks} chunks.";
            if (file.At(offset, 8) is not { Length: 8 } header)
                break;
            var size = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
            var body = offset + 8;
            switch (file.Name(offset))
            {
                case "ds64" when file.At(body, 16) is { Length: 16 } sizes:
                    realDataSize ??= BinaryPrimitives.ReadInt64LittleEndian(sizes[8..]);
                    break;
                case "fmt " when format is null:
                    if (file.At(body, (int)Math.Min(size, WaveFormat.MostBytes)) is var bytes && WaveFormat.Read(bytes, out format) is { } refusal)
                        return refusal;
                    break;
                case "data" when data is null:
                    data = Data(file, body, size == Unknown && isRf64 ? realDataSize ?? 0 : size);
                    break;
            }

            offset = Next(file, body, size);
        }

        if (format is null)
            return offset >= file.Length ? "It ends before it says what its sound is." : "It does not say what its sound is: it has no format chunk.";
        if (data is not { Length: > 0 } sound)
            return "It holds no sound.";
        return format.Layout(file, isRf64 ? "rf64" : "wave", sound);
    }

    // A chunk of odd size is padded, save by writers that forget to.
    private static long Next(FileBytes file, long body, uint size) =>
        size % 2 == 1 && file.Name(body + size) is not ("fmt " or "data") ? body + size + 1 : body + size;

    /// <summary>
    /// As much as the header says where the file has it; all the rest where it has less, or where the header says 0 and what
    /// follows is not just more chunks.
    /// </summary>
    private static Stretch Data(FileBytes file, long body, long size)
    {
        var rest = Math.Max(0, file.Length - body);
        return size < 0 || size > rest || (size == 0 && !IsChunks(file, body)) ? new(body, rest) : new(body, size);
    }

    private static bool IsChunks(FileBytes file, long offset)
    {
        for (var chunks = 0; chunks < MostChunks && offset < file.Length; chunks++)
        {
            if (file.At(offset, 8) is not { Length: 8 } header || header[..4].ContainsAnyExceptInRange((byte)' ', (byte)'~'))
                return false;
            offset += 8 + ((BinaryPrimitives.ReadUInt32LittleEndian(header[4..]) + 1L) & ~1L);
        }

        return offset == file.Length || offset == file.Length + 1;
    }
}
