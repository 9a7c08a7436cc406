namespace QualityIngest.Domain.Formats.Archives;

/// <summary>
/// The stored bytes of a gzip file, as the inflater takes them. The inflater does not say where a member's data end, only
/// that they have; but its last bite is still in this buffer, and what stands behind the data is known by then.
/// </summary>
internal sealed class GzipSource(Stream stored, ExpansionGuard guard) : ForwardStream
{
    private const int Size = 64 * 1024;

    // A bite is what the inflater is given at once.
    private const int Bite = 16 * 1024;

    // The inflater may take a bite although what it still holds of the last one was the end.
    private const int Held = 16;

    private readonly byte[] _buffer = new byte[Size];
    private int _bitten;
    private int _position;
    private int _end;

    /// <summary>Whether the inflater asked for more than there was.</summary>
    public bool RanOut { get; private set; }

    /// <summary>Gives the inflater its next bite.</summary>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!await Fill(1, cancellationToken))
        {
            RanOut = true;
            return 0;
        }
        var count = Math.Min(Math.Min(buffer.Length, Bite), _end - _position);
        _buffer.AsMemory(_position, count).CopyTo(buffer);
        _bitten = Math.Max(0, _position - Held);
        _position += count;
        guard.Store(count);
        return count;
    }

    /// <summary>Takes one byte of a header; −1 at the end.</summary>
    public async ValueTask<int> Byte(CancellationToken cancel)
    {
        if (!await Fill(1, cancel)) return -1;
        guard.Store(1);
        _bitten = _position + 1;
        return _buffer[_position++];
    }

    /// <summary>
    /// Goes behind the trailer that follows the inflater's data; false: it is not there. Looks for it from the last bite on.
    /// </summary>
    public async ValueTask<bool> PassTrailer(ReadOnlyMemory<byte> trailer, CancellationToken cancel)
    {
        await Fill(trailer.Length, cancel);
        var found = _buffer.AsSpan(_bitten, Math.Min(_end, _position + trailer.Length) - _bitten).IndexOf(trailer.Span);
        if (found < 0) return false;
        _position = _bitten + found + trailer.Length;
        _bitten = _position;
        return true;
    }

    /// <summary>Has at least so many bytes behind the position; false: there are not so many. Keeps the last bite.</summary>
    private async ValueTask<bool> Fill(int count, CancellationToken cancel)
    {
        while (_end - _position < count)
        {
            if (_bitten > 0 && _end == _buffer.Length)
            {
                _buffer.AsSpan(_bitten, _end - _bitten).CopyTo(_buffer);
                (_position, _end, _bitten) = (_position - _bitten, _end - _bitten, 0);
            }
            var read = await stored.ReadAsync(_buffer.AsMemory(_end), cancel);
            if (read == 0) return false;
            _end += read;
        }
        return true;
    }
}
