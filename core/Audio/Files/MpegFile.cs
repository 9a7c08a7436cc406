namespace QualityIngest.Audio;

/// <summary>
/// MPEG audio, layers I to III: a chain of frames, perhaps with tags around it and junk within it, which are both left out.
/// </summary>
internal static class MpegFile
{
    private const int MostStretches = 1024;

    /// <summary>Tags may be padded beyond what they say.</summary>
    private const int MostPadding = 64 * 1024;

    /// <summary>Whether the file begins with a frame, or with an ID3v2 tag.</summary>
    public static bool Begins(FileBytes file) =>
        file.Name(0).StartsWith("ID3", StringComparison.Ordinal) || (file.Word(0) is { } word && MpegFrame.TryRead(word, out _));

    /// <summary>Follows the chain through a whole file.</summary>
    public static Looked Look(FileBytes file) => Look(file, new(0, file.Length), "mpeg");

    /// <summary>Follows the chain through a part of a file.</summary>
    public static Looked Look(FileBytes file, Stretch part, string container)
    {
        var offset = BehindTags(file, part.Offset);
        var isTagged = offset > part.Offset;
        if (FindFrame(file, offset, isTagged ? Math.Min(part.End, offset + MostPadding) : offset, null) is not { } start
            || !MpegFrame.TryRead(file.Word(start)!.Value, out var first))
        {
            return isTagged ? "No MPEG audio follows its ID3 tag." : "It is no sound file that is read here: it begins like MPEG audio and does not go on so.";
        }

        if (first.Bytes == 0)
            return "It is MPEG audio of free format, which is not read.";

        var tag = first.Layer == 3 ? MpegInfo.Read(file, start, first) : null;
        var chain = Follow(file, tag is null ? start : start + first.Bytes, part.End, first);
        if (chain is null)
            return "It is too damaged: its MPEG frames break off more than a thousand times.";
        if (chain.Frames == 0)
            return "It holds no sound.";
        var format = new SoundFormat(container, $"mpeg{first.Layer}", first.IsMono ? 1 : 2, first.SampleRate);
        return first.Layer == 3
            ? new SoundLayout(format, MpegInfo.Write(first, chain.Frames, chain.Bytes, tag), chain.Stretches)
            : new SoundLayout(format, Silence(first), chain.Stretches, first.Samples);
    }

    // The decoder guesses the length of layers I and II from their first frame and stops there. Behind the smallest frame
    // that decodes to silence it never guesses too little.
    private static byte[] Silence(MpegFrame like)
    {
        var allocation = (like.Layer, like.IsMono) switch { (1, true) => 16, (1, false) => 32, _ => 0 };
        var frame = like.Smallest(4 + allocation);
        var bytes = new byte[frame.Bytes];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes, frame.Header);
        return bytes;
    }

    private static long BehindTags(FileBytes file, long offset)
    {
        while (file.At(offset, 10) is { Length: 10 } tag && tag[..3].SequenceEqual("ID3"u8))
        {
            // Seven bits a byte, so that a size never looks like a frame.
            var size = ((long)(tag[6] & 0x7F) << 21) | ((long)(tag[7] & 0x7F) << 14) | ((long)(tag[8] & 0x7F) << 7) | (uint)(tag[9] & 0x7F);
            var footer = (tag[5] & 0x10) != 0 ? 10 : 0;
            offset += 10 + size + footer;
        }

        return offset;
    }

    /// <summary>All frames like the first. What lies between them is skipped; so is a last frame that is not whole.</summary>
    private static Chain? Follow(FileBytes file, long offset, long end, MpegFrame first)
    {
        var chain = new Chain();
        var from = offset;
        while (offset < end)
        {
            if (file.Word(offset) is { } word && MpegFrame.TryRead(word, out var frame) && first.Continues(frame) && frame.Bytes > 0
                && offset + frame.Bytes <= end)
            {
                offset += frame.Bytes;
                chain.Frames++;
                continue;
            }

            chain.Add(from, offset);
            if (chain.Stretches.Count > MostStretches)
                return null;
            if (FindFrame(file, offset + 1, end, first) is not { } found)
                return chain;
            from = offset = found;
        }

        chain.Add(from, Math.Min(offset, end));
        return chain;
    }

    /// <summary>The first frame from an offset on that another follows, or the end of the file.</summary>
    private static long? FindFrame(FileBytes file, long offset, long last, MpegFrame? like)
    {
        for (; offset <= last && file.Word(offset) is { } word; offset++)
        {
            if (MpegFrame.TryRead(word, out var frame) && (like is not { } first || first.Continues(frame)) && IsFollowed(file, offset, frame))
                return offset;
        }

        return null;
    }

    private static bool IsFollowed(FileBytes file, long offset, MpegFrame frame)
    {
        var next = offset + frame.Bytes;
        return frame.Bytes == 0 || next == file.Length
            || (file.Word(next) is { } word && ((MpegFrame.TryRead(word, out var other) && frame.Continues(other)) || word >> 8 == 0x544147 /* TAG */));
    }

    private sealed class Chain
    {
        public List<Stretch> Stretches { get; } = [];

        public long Frames { get; set; }

        public long Bytes => Stretches.Sum(stretch => stretch.Length);

        public void Add(long from, long to)
        {
            if (to > from)
                Stretches.Add(new(from, to - from));
        }
    }
}
