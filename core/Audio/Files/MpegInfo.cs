using System.Buffers.Binary;

namespace QualityIngest.Audio;

/// <summary>
/// The first frame that encoders of layer III put before the sound: how many frames there are, and how many samples at both
/// ends are the encoder's own. The decoder believes the number and stops there, so that it is written anew from what was
/// counted; streams that were cut or joined carry a wrong one, and many carry none.
/// </summary>
/// <param name="Trim">How many samples the encoder added, as the encoder wrote it: 12 bits before, 12 behind. 0 where it did not.</param>
internal sealed record MpegInfo(uint Trim)
{
    private const int Flags = 4;
    private const int EncoderName = 9;
    private const int TrimOffset = 21;
    private const int EncoderBytes = 36;

    /// <summary>Reads such a frame; null when the frame is a frame like any other.</summary>
    public static MpegInfo? Read(FileBytes file, long offset, MpegFrame frame)
    {
        var bytes = file.At(offset, frame.Bytes);
        if (Has(bytes, 36, "VBRI"u8))
            return new(0u);
        var at = SideBytes(frame) + (frame.HasChecksum ? 2 : 0);
        if (!Has(bytes, at, "Xing"u8) && !Has(bytes, at, "Info"u8))
            return null;
        if (bytes.Length < at + 8)
            return new(0u);

        var flags = BinaryPrimitives.ReadUInt32BigEndian(bytes[(at + Flags)..]);
        at += 8 + ((flags & 1) != 0 ? 4 : 0) + ((flags & 2) != 0 ? 4 : 0) + ((flags & 4) != 0 ? 100 : 0) + ((flags & 8) != 0 ? 4 : 0);
        if (bytes.Length < at + EncoderName + EncoderBytes || bytes[at] == 0)
            return new(0u);
        return new(BinaryPrimitives.ReadUInt32BigEndian(bytes[(at + TrimOffset - 1)..]) & 0xFF_FFFF);
    }

    /// <summary>Writes one for what follows it.</summary>
    /// <param name="like">A frame of the stream.</param>
    /// <param name="frames">How many frames follow.</param>
    /// <param name="bytes">How long they are together.</param>
    /// <param name="tag">The one that it stands for.</param>
    public static byte[] Write(MpegFrame like, long frames, long bytes, MpegInfo? tag)
    {
        var at = SideBytes(like);
        var frame = like.Smallest(at + 16 + EncoderBytes);
        var written = new byte[frame.Bytes];
        BinaryPrimitives.WriteUInt32BigEndian(written, frame.Header);
        "Xing"u8.CopyTo(written.AsSpan(at));
        written[at + Flags + 3] = 3; // the two numbers that follow
        BinaryPrimitives.WriteUInt32BigEndian(written.AsSpan(at + 8), (uint)Math.Min(frames, int.MaxValue));
        BinaryPrimitives.WriteUInt32BigEndian(written.AsSpan(at + 12), (uint)Math.Min(bytes + frame.Bytes, int.MaxValue));
        if (tag is { Trim: > 0 and var trim })
        {
            "LAME3.100"u8.CopyTo(written.AsSpan(at + 16));
            BinaryPrimitives.WriteUInt32BigEndian(written.AsSpan(at + 16 + TrimOffset - 1), trim);
        }

        return written;
    }

    private static int SideBytes(MpegFrame frame) => 4 + (frame.IsLow, frame.IsMono) switch
    {
        (false, false) => 32,
        (true, true) => 9,
        _ => 17,
    };

    private static bool Has(ReadOnlySpan<byte> bytes, int at, ReadOnlySpan<byte> word) =>
        bytes.Length >= at + word.Length && bytes.Slice(at, word.Length).SequenceEqual(word);
}
