using System.Buffers.Binary;
using System.Text;

namespace QualityIngest.Domain.Formats;

/// <summary>Bytes that are put one behind the other, over and over in the same memory.</summary>
internal sealed class ByteBuffer(int size = 4096)
{
    private const int ManyCharacters = 64 * 1024;
    private const int MostKeptBytes = 4 * 1024 * 1024;

    private byte[] _bytes = new byte[size];

    public int Length { get; private set; }

    public Span<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Forgets the bytes, and memory of which a rare large value took a lot.</summary>
    public void Clear()
    {
        Length = 0;
        if (_bytes.Length > MostKeptBytes) _bytes = new byte[size];
    }

    /// <summary>Takes bytes off the end.</summary>
    public void Truncate(int length) => Length = length;

    public void Add(byte value)
    {
        if (Length == _bytes.Length) Grow(1);
        _bytes[Length++] = value;
    }

    public void Add(ReadOnlySpan<byte> values)
    {
        values.CopyTo(Room(values.Length));
        Length += values.Length;
    }

    public void Add(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(Room(sizeof(int)), value);
        Length += sizeof(int);
    }

    public void Add(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(Room(sizeof(long)), value);
        Length += sizeof(long);
    }

    /// <summary>Adds a text behind its length; an absent one has a length of its own.</summary>
    public void AddText(string? text)
    {
        var place = Length;
        Add(-1);
        if (text is null) return;
        // Counting takes longer than having too much room, unless it is a great deal too much.
        var most = text.Length > ManyCharacters ? Encoding.UTF8.GetByteCount(text) : Encoding.UTF8.GetMaxByteCount(text.Length);
        Length += Encoding.UTF8.GetBytes(text, Room(most));
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(place), Length - place - sizeof(int));
    }

    /// <summary>Adds bytes behind their length.</summary>
    public void AddText(ReadOnlySpan<byte> utf8)
    {
        Add(utf8.Length);
        Add(utf8);
    }

    private Span<byte> Room(int count)
    {
        if (_bytes.Length - Length < count) Grow(count);
        return _bytes.AsSpan(Length);
    }

    private void Grow(int count) => Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max((long)_bytes.Length * 2, (long)Length + count)));
}
