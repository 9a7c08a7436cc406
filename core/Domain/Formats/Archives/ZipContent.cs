using System.IO.Compression;

namespace QualityIngest.Domain.Formats.Archives;

/// <summary>The expanded bytes of one entry of a zip: as many as its directory says, with the checksum that it says.</summary>
internal sealed class ZipContent : ForwardStream
{
    private readonly ZipEntry _entry;
    private readonly ExpansionGuard _guard;
    private readonly Stream _packed;
    private Crc32 _checksum;
    private long _length;

    public ZipContent(SpooledFile file, long start, ZipEntry entry, ExpansionGuard guard)
    {
        (_entry, _guard) = (entry, guard);
        var stored = new Slice(file, start, entry.Stored, guard);
        _packed = entry.Method == ZipEntry.DeflateMethod ? new DeflateStream(stored, CompressionMode.Decompress) : stored;
    }

    /// <inheritdoc/>
    /// <exception cref="ArchiveException">The entry's bytes are not what its directory says, or the file expands too far.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Length == 0) return 0;
        int read;
        try
        {
            read = await _packed.ReadAsync(buffer, cancellationToken);
        }
        catch (InvalidDataException)
        {
            throw ArchiveException.Damaged("The member's compressed bytes are damaged.", endsFile: false);
        }
        _guard.Expand(read);
        _checksum.Add(buffer.Span[..read]);
        _length += read;
        if (_length > _entry.Size || (read == 0 && _length < _entry.Size))
            throw ArchiveException.Damaged($"The member is {(read > 0 ? "larger" : "smaller")} than the zip's directory says.", endsFile: false);
        if (read == 0 && _checksum.Value != _entry.Checksum)
            throw ArchiveException.Damaged("The member's checksum is wrong.", endsFile: false);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _packed.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>A part of the file, counted as it is read.</summary>
    private sealed class Slice(SpooledFile file, long start, long length, ExpansionGuard guard) : ForwardStream
    {
        private readonly long _end = start + length;
        private long _position = start;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await file.Read(buffer[..(int)Math.Min(buffer.Length, _end - _position)], _position, cancellationToken);
            _position += read;
            guard.Store(read);
            return read;
        }
    }
}
