using System.Buffers.Binary;

namespace QualityIngest.Audio;

/// <summary>A WAVE format chunk, made sense of.</summary>
/// <param name="Codec">How the sound is coded.</param>
/// <param name="Channels">As the chunk says.</param>
/// <param name="SampleRate">As the chunk says.</param>
/// <param name="BlockBytes">What cannot be cut further: a frame, or a block of a codec that has blocks.</param>
/// <param name="Chunk">The body of the chunk that the decoder is given.</param>
internal sealed record WaveFormat(WaveCodec Codec, int Channels, int SampleRate, int BlockBytes, byte[] Chunk)
{
    /// <summary>How much of a format chunk is read; the rest of a longer one has no meaning here.</summary>
    public const int MostBytes = 512;

    private const int Extensible = 0xFFFE;

    // What follows the tag in the identifier of a subformat that stands for that tag.
    private static ReadOnlySpan<byte> SubformatTail => [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];

    /// <summary>Reads the chunk's body.</summary>
    /// <returns>Why it is refused; null when it is not.</returns>
    public static string? Read(ReadOnlySpan<byte> body, out WaveFormat? format)
    {
        format = null;
        if (body.Length < 14)
            return "It ends within its format chunk.";
        int tag = BinaryPrimitives.ReadUInt16LittleEndian(body);
        int channels = BinaryPrimitives.ReadUInt16LittleEndian(body[2..]);
        var rate = BinaryPrimitives.ReadUInt32LittleEndian(body[4..]);
        int block = BinaryPrimitives.ReadUInt16LittleEndian(body[12..]);
        int bits = body.Length >= 16 ? BinaryPrimitives.ReadUInt16LittleEndian(body[14..]) : 0;
        if (tag == Extensible)
        {
            if (body.Length < 40 || !body.Slice(26, 14).SequenceEqual(SubformatTail))
                return "Its extensible format names no codec that is read here.";
            tag = BinaryPrimitives.ReadUInt16LittleEndian(body[24..]);
        }

        if (channels == 0)
            return "It says that it has no channels.";
        if (WaveCodec.Find(tag, Width(channels, block, bits)) is not { } codec)
            return WaveCodec.Refusal(tag, bits);
        if (codec.IsBlocked && block == 0)
            return "Its blocks have no length.";

        var frame = codec.SampleBytes * channels;
        format = new(codec, channels, (int)Math.Min(rate, int.MaxValue), codec.IsBlocked ? block : frame,
            codec.IsBlocked ? Trim(body) : Canonical(tag, channels, rate, codec.SampleBytes));
        return null;
    }

    /// <summary>How the decoder is given the sound.</summary>
    public Looked Layout(FileBytes file, string container, Stretch data)
    {
        if (Codec.IsMpeg)
            return MpegFile.Look(file, data, container);
        var whole = data with { Length = data.Length - (data.Length % BlockBytes) };
        return whole.Length switch
        {
            0 => "It holds no sound.",
            > uint.MaxValue - 1024 => "It holds more than 4 GiB of sound.",
            _ => new SoundLayout(new(container, Codec.Name, Channels, SampleRate), Header(whole.Length), [whole],
                MostFrames: Codec.BlockFrames > 0 ? whole.Length / BlockBytes * Codec.BlockFrames : long.MaxValue),
        };
    }

    // Samples fill whole bytes, and the frame's size says how many where it fits the channels; some writers leave it wrong.
    private static int Width(int channels, int block, int bits)
    {
        var least = (bits + 7) / 8;
        return block > 0 && block % channels == 0 && block / channels >= Math.Max(1, least) && block / channels <= 8 ? block / channels : least;
    }

    private static byte[] Canonical(int tag, int channels, uint rate, int sampleBytes)
    {
        var chunk = new byte[16];
        BinaryPrimitives.WriteUInt16LittleEndian(chunk, (ushort)tag);
        BinaryPrimitives.WriteUInt16LittleEndian(chunk.AsSpan(2), (ushort)channels);
        BinaryPrimitives.WriteUInt32LittleEndian(chunk.AsSpan(4), rate);
        BinaryPrimitives.WriteUInt32LittleEndian(chunk.AsSpan(8), (uint)(rate * channels * sampleBytes));
        BinaryPrimitives.WriteUInt16LittleEndian(chunk.AsSpan(12), (ushort)(channels * sampleBytes));
        BinaryPrimitives.WriteUInt16LittleEndian(chunk.AsSpan(14), (ushort)(8 * sampleBytes));
        return chunk;
    }

    // The codec's own part is kept, as far as the chunk says it goes.
    private static byte[] Trim(ReadOnlySpan<byte> body)
    {
        var own = body.Length >= 18 ? 18 + BinaryPrimitives.ReadUInt16LittleEndian(body[16..]) : body.Length;
        var length = Math.Min(own, body.Length);
        return body[..(length - (length % 2))].ToArray();
    }

    private byte[] Header(long dataLength)
    {
        var header = new byte[28 + Chunk.Length];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), (uint)(header.Length - 8 + dataLength));
        "WAVEfmt "u8.CopyTo(header.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), Chunk.Length);
        Chunk.CopyTo(header.AsSpan(20));
        "data"u8.CopyTo(header.AsSpan(20 + Chunk.Length));
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(24 + Chunk.Length), (uint)dataLength);
        return header;
    }
}
