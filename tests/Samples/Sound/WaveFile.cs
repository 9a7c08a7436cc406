using System.Buffers.Binary;
using System.Text;

namespace QualityIngest.Samples.Sound;

/// <summary>RIFF/WAVE files, whole in memory. Samples beyond full scale are cut.</summary>
public static class WaveFile
{
    private const ushort FormatPcm = 1;
    private const ushort FormatALaw = 6;
    private const ushort FormatMuLaw = 7;

    /// <summary>16 bits a sample.</summary>
    public static byte[] Pcm16(int sampleRate, int channels, ReadOnlySpan<float> interleaved)
    {
        var data = new byte[interleaved.Length * 2];
        for (var i = 0; i < interleaved.Length; i++)
            BinaryPrimitives.WriteInt16LittleEndian(data.AsSpan(i * 2), Sample16(interleaved[i]));
        return Riff(FormatPcm, 16, sampleRate, channels, data);
    }

    /// <summary>ITU-T G.711 µ-law, 8 bits a sample: what telephone systems write.</summary>
    public static byte[] MuLaw(int sampleRate, int channels, ReadOnlySpan<float> interleaved)
    {
        var data = new byte[interleaved.Length];
        for (var i = 0; i < data.Length; i++) data[i] = MuLaw(Sample16(interleaved[i]));
        return Riff(FormatMuLaw, 8, sampleRate, channels, data);
    }

    /// <summary>ITU-T G.711 A-law, 8 bits a sample: the same in Europe.</summary>
    public static byte[] ALaw(int sampleRate, int channels, ReadOnlySpan<float> interleaved)
    {
        var data = new byte[interleaved.Length];
        for (var i = 0; i < data.Length; i++) data[i] = ALaw(Sample16(interleaved[i]));
        return Riff(FormatALaw, 8, sampleRate, channels, data);
    }

    private static short Sample16(float sample) => (short)Math.Clamp(Math.Round(sample * 32767.0), short.MinValue, short.MaxValue);

    private static byte MuLaw(short sample)
    {
        const int Bias = 0x84, Most = 32635;
        var sign = sample < 0 ? 0x80 : 0;
        var magnitude = Math.Min(Math.Abs((int)sample), Most) + Bias;
        var exponent = Math.Max(0, 31 - int.LeadingZeroCount(magnitude) - 7);
        var mantissa = magnitude >> (exponent + 3) & 0x0F;
        return (byte)~(sign | exponent << 4 | mantissa);
    }

    private static byte ALaw(short sample)
    {
        var (sign, magnitude) = sample < 0 ? (0, ~sample >> 3) : (0x80, sample >> 3); // 13 bits
        var exponent = Math.Max(0, 32 - int.LeadingZeroCount(magnitude) - 5);
        var mantissa = magnitude >> Math.Max(1, exponent) & 0x0F;
        return (byte)((sign | exponent << 4 | mantissa) ^ 0x55);
    }

    private static byte[] Riff(ushort format, ushort bits, int sampleRate, int channels, byte[] data)
    {
        var (frame, padded) = ((ushort)(channels * bits / 8), data.Length + (data.Length & 1));
        var facts = format == FormatPcm ? 0 : 12;
        var file = new MemoryStream(44 + facts + 2 + padded);
        using var writer = new BinaryWriter(file, Encoding.ASCII);
        Chunk("RIFF", 4 + 8 + (format == FormatPcm ? 16 : 18) + facts + 8 + padded);
        writer.Write("WAVE"u8);
        Chunk("fmt ", format == FormatPcm ? 16 : 18);
        writer.Write(format);
        writer.Write((ushort)channels);
        writer.Write(sampleRate);
        writer.Write(sampleRate * frame);
        writer.Write(frame);
        writer.Write(bits);
        if (format != FormatPcm)
        {
            writer.Write((ushort)0);
            Chunk("fact", 4);
            writer.Write(data.Length / frame);
        }
        Chunk("data", data.Length);
        writer.Write(data);
        if (padded > data.Length) writer.Write((byte)0);
        writer.Flush();
        return file.ToArray();

        void Chunk(string name, int length)
        {
            writer.Write(Encoding.ASCII.GetBytes(name));
            writer.Write(length);
        }
    }
}
