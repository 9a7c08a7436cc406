namespace QualityIngest.Domain.Tests.Formats;

/// <summary>Delivers its bytes in pieces of the given sizes, over and over.</summary>
internal sealed class SplitStream(byte[] bytes, int[] sizes) : MemoryStream(bytes)
{
    private int _next;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var size = sizes.Length == 0 ? buffer.Length : Math.Min(buffer.Length, sizes[_next++ % sizes.Length]);
        return base.ReadAsync(buffer[..size], cancellationToken);
    }
}

/// <summary>Delivers a beginning, a great many letters, and an end, without holding them.</summary>
internal sealed class EndlessStream(byte[] beginning, long letters, byte[] end) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => beginning.Length + letters + end.Length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = 0;
        if (_position < beginning.Length)
            read = Copy(beginning.AsSpan((int)_position), buffer);
        else if (_position < beginning.Length + letters)
        {
            read = (int)Math.Min(buffer.Length, beginning.Length + letters - _position);
            buffer[..read].Fill((byte)'x');
        }
        else if (_position < Length)
            read = Copy(end.AsSpan((int)(_position - beginning.Length - letters)), buffer);
        _position += read;
        return read;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static int Copy(ReadOnlySpan<byte> source, Span<byte> target)
    {
        var count = Math.Min(source.Length, target.Length);
        source[..count].CopyTo(target);
        return count;
    }
}
