namespace QualityIngest.Domain.Formats.Archives;

/// <summary>
/// Reads a zip in the order of its directory, an entry at a time. The platform's own reader keeps the whole directory, does
/// not hold members against their checksums, and expands past their sizes; this one takes from the headers in front of the
/// members nothing but their length.
/// </summary>
internal sealed class ZipArchive(Stream stored, ExpansionGuard guard) : IArchive
{
    private readonly byte[] _local = new byte[ZipEntry.LocalBytes];
    private readonly byte[] _header = new byte[ZipEntry.HeaderBytes];
    private byte[] _words = new byte[1024];
    private SpooledFile? _file;
    private ZipEnd? _end;
    private ZipContent? _content;
    private long _position;
    private long _entries;

    /// <inheritdoc/>
    public async ValueTask<ArchiveMember?> Next(CancellationToken cancel)
    {
        if (_end is null) await Open(cancel);
        while (true)
        {
            _content?.Dispose();
            _content = null;
            if (await Entry(cancel) is not { } entry) return null;
            guard.Member();
            if (entry.IsFolder || MemberNames.IsLitter(entry.Name)) continue;
            return Refusal(entry) is { } refusal ? new(MemberNames.Shown(entry.Name), null, refusal) : await Member(entry, cancel);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _content?.Dispose();
        _file?.Dispose();
    }

    private async Task Open(CancellationToken cancel)
    {
        _file = await SpooledFile.Of(stored, guard.Options, cancel);
        _end = await ZipEnd.Find(_file, cancel);
        _position = _end.Start;
    }

    private async ValueTask<ZipEntry?> Entry(CancellationToken cancel)
    {
        if (_position == _end!.End)
            return _entries == _end.Entries ? null : throw ArchiveException.Damaged("The zip's directory has another number of members than its end says.");
        _entries++;
        var left = _end.End - _position - ZipEntry.HeaderBytes;
        if (left < 0 || await _file!.Read(_header, _position, cancel) < _header.Length || ZipEntry.Lengths(_header) is not var (name, extra, comment) || name + extra + comment > left)
            throw ArchiveException.Damaged("The zip's directory is damaged: nothing behind it can be found.");
        if (_words.Length < name + extra) _words = new byte[name + extra];
        var words = _words.AsMemory(0, name + extra);
        await _file.Read(words, _position + ZipEntry.HeaderBytes, cancel);
        _position += ZipEntry.HeaderBytes + name + extra + comment;
        return ZipEntry.Read(_header, words.Span[..name], words.Span[name..]);
    }

    private RowError? Refusal(ZipEntry entry)
    {
        if (entry.IsLink) return new(null, ArchiveCodes.Link, "The member is a link.");
        if (entry.IsEncrypted) return new(null, ArchiveCodes.Encrypted, "The member is encrypted.");
        if (entry.IsSpecial) return new(null, ArchiveCodes.Unsupported, "The member is no plain file.");
        return MemberRules.Refusal(entry.Name, entry.Size, guard.Options)
            ?? (entry.Method is ZipEntry.StoredMethod or ZipEntry.DeflateMethod
                ? null
                : new(null, ArchiveCodes.Unsupported, $"The member is packed with method {entry.Method}; 0 (stored) and 8 (deflate) are read."));
    }

    private async ValueTask<ArchiveMember> Member(ZipEntry entry, CancellationToken cancel)
    {
        var name = MemberNames.Shown(entry.Name);
        var at = entry.Start + _end!.Shift;
        if (at < 0 || at > _end.Start - ZipEntry.LocalBytes || await _file!.Read(_local, at, cancel) < _local.Length
            || ZipEntry.LocalLength(_local) is not { } header || entry.Stored < 0 || entry.Stored > _end.Start - at - header)
            return ArchiveMember.Refused(name, ArchiveCodes.Damaged, "The member is not where the zip's directory says.");
        _content = new(_file, at + header, entry, guard);
        return new(name, _content, null);
    }
}
