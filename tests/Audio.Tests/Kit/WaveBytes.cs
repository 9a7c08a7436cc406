using System.Buffers.Binary;
using System.Text;

namespace QualityIngest.Audio.Tests.Kit;

/// <summary>WAVE files by hand, whose headers may say anything.</summary>
internal static class WaveBytes
{
    /// <summary>A file of chunks.</summary>
    /// <param name="chunks">What follows the first twelve bytes.</param>
    public static byte[] Riff(params byte[][] chunks) => Container("RIFF", null, chunks);

    /// <summary>A file of chunks.</summary>
    /// <param name="name">The first four bytes.</param>
    /// <param name="size">What its header says of its size; null: the truth.</param>
    /// <param name="chunks">What follows.</param>
    public static byte[] Container(string name, uint? size, params byte[][] chunks)
    {
        var body = chunks.SelectMany(chunk => chunk).ToArray();
        return [.. Encoding.Latin1.GetBytes(name), .. Word(size ?? (uint)(body.Length + 4)), .. "WAVE"u8, .. body];
    }

    /// <summary>A chunk, padded to an even length.</summary>
    /// <param name="name">Four characters.</param>
    /// <param name="body">What it holds.</param>
    /// <param name="size">What it says that it holds; null: the truth.</param>
    public static byte[] Chunk(string name, byte[] body, uint? size = null) =>
        [.. Encoding.Latin1.GetBytes(name), .. Word(size ?? (uint)body.Length), .. body, .. new byte[body.Length % 2]];

    /// <summary>A format chunk.</summary>
    public static byte[] Format(int tag, int channels, int rate, int bits, int? block = null, params byte[] more)
    {
        var blockBytes = block ?? channels * ((bits + 7) / 8);
        return Chunk("fmt ", [.. Half(tag), .. Half(channels), .. Word((uint)rate), .. Word((uint)(rate * blockBytes)), .. Half(blockBytes), .. Half(bits), .. more]);
    }

    /// <summary>Samples of 16 bits.</summary>
    public static byte[] Samples16(ReadOnlySpan<float> samples)
    {
        var bytes = new byte[samples.Length * 2];
        for (var i = 0; i < samples.Length; i++)
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(2 * i), (short)Math.Round(samples[i] * 32767));
        return bytes;
    }

    public static byte[] Half(int value) => [(byte)value, (byte)(value >> 8)];

    public static byte[] Word(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    public static byte[] Long(long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes;
    }
}
