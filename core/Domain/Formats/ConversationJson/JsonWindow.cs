using System.Buffers;

namespace QualityIngest.Domain.Formats;

/// <summary>What is buffered of a document: a window that slides forward and grows as far as one conversation needs.</summary>
internal sealed class JsonWindow(Stream stream) : IDisposable
{
    private const int FirstBytes = 64 * 1024;

    // The pool would keep what it once lent: rare large ones are the collector's.
    private const int MostPooledBytes = 1024 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBytes);
    private int _start;
    private int _end;

    /// <summary>What is buffered, until the window is moved.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(_start, _end - _start);

    /// <summary>The 1-based physical line of the first buffered byte.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>The 1-based byte of that line which the first buffered byte is.</summary>
    public long Column { get; private set; } = 1;

    /// <summary>Buffers more behind what there is; false at the end of the stream.</summary>
    public async ValueTask<bool> More(CancellationToken cancel)
    {
        if (_end == _buffer.Length) MakeRoom();
        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancel);
        _end += read;
        return read > 0;
    }

    /// <summary>Moves the window's start forward.</summary>
    public void Drop(int count)
    {
        var dropped = _buffer.AsSpan(_start, count);
        var lines = dropped.Count((byte)'\n');
        Line += lines;
        Column = lines == 0 ? Column + count : count - dropped.LastIndexOf((byte)'\n');
        _start += count;
        if (_start == _end) (_start, _end) = (0, 0);
    }

    /// <summary>Drops a byte order mark, which is no part of the line.</summary>
    public void DropMark(int count) => _start += count;

    /// <inheritdoc/>
    public void Dispose()
    {
        Release();
        _buffer = [];
        (_start, _end) = (0, 0);
    }

    private void MakeRoom()
    {
        var length = _end - _start;
        if (_start < _buffer.Length / 2)
        {
            var size = _buffer.Length * 2;
            var larger = size <= MostPooledBytes ? ArrayPool<byte>.Shared.Rent(size) : new byte[size];
            Bytes.CopyTo(larger);
            Release();
            _buffer = larger;
        }
        else
        {
            Bytes.CopyTo(_buffer);
        }
        (_start, _end) = (0, length);
    }

    private void Release()
    {
        if (_buffer.Length is > 0 and <= MostPooledBytes) ArrayPool<byte>.Shared.Return(_buffer);
    }
}
