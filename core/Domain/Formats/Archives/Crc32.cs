using System.Buffers.Binary;

namespace QualityIngest.Domain.Formats.Archives;

/// <summary>The checksum of gzip and zip (CRC-32, reflected polynomial EDB88320), eight bytes at a step.</summary>
internal struct Crc32
{
    private const uint Polynomial = 0xEDB88320;
    private const int Step = 8;
    private static readonly uint[] Tables = Make();

    private uint _rest;

    /// <summary>The checksum of what was added.</summary>
    public readonly uint Value => _rest;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        var rest = ~_rest;
        var tables = Tables.AsSpan(0, Step * 256);
        for (; bytes.Length >= Step; bytes = bytes[Step..])
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ rest;
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            rest = tables[(int)(1792 + (low & 0xFF))] ^ tables[(int)(1536 + ((low >> 8) & 0xFF))]
                ^ tables[(int)(1280 + ((low >> 16) & 0xFF))] ^ tables[(int)(1024 + (low >> 24))]
                ^ tables[(int)(768 + (high & 0xFF))] ^ tables[(int)(512 + ((high >> 8) & 0xFF))]
                ^ tables[(int)(256 + ((high >> 16) & 0xFF))] ^ tables[(int)(high >> 24)];
        }
        foreach (var value in bytes) rest = tables[(int)((rest ^ value) & 0xFF)] ^ (rest >> 8);
        _rest = ~rest;
    }

    private static uint[] Make()
    {
        var tables = new uint[Step * 256];
        for (var i = 0; i < 256; i++)
        {
            var rest = (uint)i;
            for (var bit = 0; bit < 8; bit++) rest = (rest & 1) != 0 ? (rest >> 1) ^ Polynomial : rest >> 1;
            tables[i] = rest;
        }
        for (var i = 256; i < tables.Length; i++) tables[i] = (tables[i - 256] >> 8) ^ tables[tables[i - 256] & 0xFF];
        return tables;
    }
}
