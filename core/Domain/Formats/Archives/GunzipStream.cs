using System.Buffers.Binary;
using System.IO.Compression;

namespace QualityIngest.Domain.Formats.Archives;

/// <summary>
/// Expands a gzip file of one or several members (RFC 1952). Unlike the platform's own, it refuses a file that was cut, one
/// whose checksum or length is wrong, and one that goes on behind its last member with anything but zeros. Nothing is taken
/// from headers but where they end.
/// </summary>
internal sealed class GunzipStream(Stream stored, ExpansionGuard guard) : ForwardStream
{
    private const int MostMembers = 100_000;
    private const int MostHeaderBytes = 1024 * 1024;
    private const byte Deflate = 8;

    private readonly GzipSource _source = new(stored, guard);
    private readonly byte[] _trailer = new byte[8];
    private DeflateStream? _member;
    private Crc32 _checksum;
    private uint _length;
    private int _members;
    private bool _ended;

    [Flags]
    private enum Flag
    {
        HeaderChecksum = 2,
        Extra = 4,
        Name = 8,
        Comment = 16,
        Reserved = 0xE0,
    }

    /// <inheritdoc/>
    /// <exception cref="ArchiveException">The bytes are not whole, not gzip, or too many.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (buffer.Length > 0 && !_ended)
        {
            if (_member is null && !await Open(cancellationToken)) break;
            var read = await Expand(buffer, cancellationToken);
            if (read > 0)
            {
                guard.Expand(read);
                _checksum.Add(buffer.Span[..read]);
                _length += (uint)read;
                return read;
            }
            await Close(cancellationToken);
        }
        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _member?.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask<int> Expand(Memory<byte> buffer, CancellationToken cancel)
    {
        try
        {
            return await _member!.ReadAsync(buffer, cancel);
        }
        catch (InvalidDataException)
        {
            throw ArchiveException.Damaged("The compressed bytes are damaged.");
        }
    }

    private async ValueTask<bool> Open(CancellationToken cancel)
    {
        var first = await _source.Byte(cancel);
        if (first < 0 && _members == 0) throw new ArchiveException(ArchiveCodes.Empty, "The file is empty.");
        // Zeros fill up blocks; and the trailer of a member of nothing, all zeros, may have been found a byte early.
        while (first == 0 && _members > 0) first = await _source.Byte(cancel);
        if (first < 0)
        {
            _ended = true;
            return false;
        }
        if (++_members > MostMembers) throw new ArchiveException(ArchiveCodes.Limit, $"The file has more than {MostMembers} gzip members.");
        await Header(first, cancel);
        (_member, _checksum, _length) = (new(_source, CompressionMode.Decompress, leaveOpen: true), default, 0);
        return true;
    }

    private async ValueTask Close(CancellationToken cancel)
    {
        if (_source.RanOut) throw ArchiveException.Truncated("The compressed bytes end before their end.");
        await _member!.DisposeAsync();
        _member = null;
        BinaryPrimitives.WriteUInt32LittleEndian(_trailer, _checksum.Value);
        BinaryPrimitives.WriteUInt32LittleEndian(_trailer.AsSpan(4), _length);
        if (!await _source.PassTrailer(_trailer, cancel))
            throw ArchiveException.Damaged("The checksum or the length of the compressed bytes is wrong, or the file was cut there.");
    }

    private async ValueTask Header(int first, CancellationToken cancel)
    {
        if (first != 0x1F || await Required(cancel) != 0x8B)
        {
            throw ArchiveException.Damaged(_members == 1
                ? "The file is not compressed with gzip."
                : "Something that is not gzip follows the compressed bytes.");
        }
        if (await Required(cancel) != Deflate) throw ArchiveException.Damaged("The file is compressed in a way that gzip does not have.");
        var flags = (Flag)await Required(cancel);
        if ((flags & Flag.Reserved) != 0) throw ArchiveException.Damaged("The header of the compressed bytes is damaged.");
        await Skip(6, cancel);
        if (flags.HasFlag(Flag.Extra)) await Skip(await Required(cancel) | (await Required(cancel) << 8), cancel);
        if (flags.HasFlag(Flag.Name)) await SkipText(cancel);
        if (flags.HasFlag(Flag.Comment)) await SkipText(cancel);
        if (flags.HasFlag(Flag.HeaderChecksum)) await Skip(2, cancel);
    }

    private async ValueTask<int> Required(CancellationToken cancel)
    {
        var value = await _source.Byte(cancel);
        return value >= 0 ? value : throw ArchiveException.Truncated("The file ends within a header of gzip.");
    }

    private async ValueTask Skip(int count, CancellationToken cancel)
    {
        for (; count > 0; count--) await Required(cancel);
    }

    private async ValueTask SkipText(CancellationToken cancel)
    {
        for (var length = 0; await Required(cancel) != 0;)
        {
            if (++length > MostHeaderBytes) throw ArchiveException.Damaged("The header of the compressed bytes never ends.");
        }
    }
}
