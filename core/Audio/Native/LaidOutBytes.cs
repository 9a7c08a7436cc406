using System.Runtime.ExceptionServices;
using Microsoft.Win32.SafeHandles;

namespace QualityIngest.Audio;

/// <summary>A layout as one run of bytes: its prefix, then its stretches of the file, read as they are asked for.</summary>
internal sealed class LaidOutBytes
{
    private readonly SafeFileHandle _file;
    private readonly SoundLayout _layout;
    private readonly long[] _ends;

    public LaidOutBytes(SafeFileHandle file, SoundLayout layout)
    {
        (_file, _layout) = (file, layout);
        long end = layout.Prefix.Length;
        _ends = [.. layout.Stretches.Select(stretch => end += stretch.Length)];
        Length = end;
    }

    public long Length { get; }

    public long Position { get; private set; }

    /// <summary>What went wrong in a call from the library, which knows no exceptions.</summary>
    public ExceptionDispatchInfo? Failure { get; set; }

    /// <summary>Moves, as <c>lseek</c> does.</summary>
    /// <returns>The new position, or -1 for one that is not there.</returns>
    public long Seek(long offset, SeekOrigin origin)
    {
        var target = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => Position + offset,
            _ => Length + offset,
        };
        return target < 0 || target > Length ? -1 : Position = target;
    }

    /// <summary>Reads on; less than was asked for only at the end.</summary>
    public int Read(Span<byte> into)
    {
        var done = 0;
        while (done < into.Length && Position < Length)
        {
            var read = Step(into[done..]);
            if (read == 0)
                break; // The file became shorter under our hands.
            done += read;
            Position += read;
        }

        return done;
    }

    private int Step(Span<byte> into)
    {
        if (Position < _layout.Prefix.Length)
        {
            var own = _layout.Prefix.AsSpan((int)Position);
            var length = Math.Min(own.Length, into.Length);
            own[..length].CopyTo(into);
            return length;
        }

        var found = Array.BinarySearch(_ends, Position);
        var index = found < 0 ? ~found : found + 1;
        var left = _ends[index] - Position;
        return RandomAccess.Read(_file, into[..(int)Math.Min(left, into.Length)], _layout.Stretches[index].End - left);
    }
}
