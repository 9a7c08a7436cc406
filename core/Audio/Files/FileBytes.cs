using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace QualityIngest.Audio;

/// <summary>Reads small things all over a file, and long stretches of it in order, through one buffer.</summary>
internal sealed class FileBytes(SafeFileHandle file)
{
    private const int BufferSize = 128 * 1024;

    private readonly byte[] _buffer = new byte[BufferSize];
    private long _start;
    private int _length;

    /// <summary>The file's length.</summary>
    public long Length { get; } = RandomAccess.GetLength(file);

    /// <summary>Bytes from an offset; fewer than asked for only at the end of the file.</summary>
    /// <param name="offset">Where they begin.</param>
    /// <param name="count">At most 4 KiB. They are valid until the next call.</param>
    public ReadOnlySpan<byte> At(long offset, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 4096);
        if (offset < 0 || offset >= Length)
            return [];
        if (offset < _start || offset + count > _start + _length)
            Fill(offset);
        var at = (int)(offset - _start);
        return _buffer.AsSpan(at, Math.Max(0, Math.Min(count, _length - at)));
    }

    /// <summary>A big-endian word; null where the file ends before.</summary>
    public uint? Word(long offset) => At(offset, 4) is { Length: 4 } word ? BinaryPrimitives.ReadUInt32BigEndian(word) : null;

    /// <summary>Four characters; empty where the file ends before.</summary>
    public string Name(long offset) => At(offset, 4) is { Length: 4 } name ? Encoding.Latin1.GetString(name) : "";

    private void Fill(long offset)
    {
        (_start, _length) = (offset, 0);
        int read;
        while (_length < _buffer.Length && (read = RandomAccess.Read(file, _buffer.AsSpan(_length), offset + _length)) > 0)
            _length += read;
    }
}
