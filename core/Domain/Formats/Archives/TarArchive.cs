using System.Globalization;

namespace QualityIngest.Domain.Formats.Archives;

/// <summary>
/// Reads a tar forward. The platform's own reader takes memory for names and words as large as a header says; this one takes
/// none that the bytes do not fill. Blocks of zeros are passed over, so that tars put one behind the other are read whole.
/// </summary>
internal sealed class TarArchive(Stream tar, ExpansionGuard guard) : IArchive
{
    private const int MostWordBytes = 1024 * 1024;

    private readonly byte[] _block = new byte[TarHeader.BlockBytes];
    private readonly byte[] _passed = new byte[32 * 1024];
    private MemberStream? _content;
    private long _padding;
    private bool _any;

    /// <inheritdoc/>
    public async ValueTask<ArchiveMember?> Next(CancellationToken cancel)
    {
        string? name = null;
        long? size = null;
        var isSparse = false;
        while (true)
        {
            await Pass(cancel);
            if (await Header(cancel) is not { } header) return null;
            _any = true;
            var isStated = header.Kind is TarKind.Words or TarKind.LongName or TarKind.Aside;
            Begin(isStated ? header.Size : size ?? header.Size);
            if (header.Kind is TarKind.LongName)
            {
                name = TarHeader.Text(await Content(cancel));
            }
            else if (header.Kind is TarKind.Words)
            {
                if (TarHeader.Words(await Content(cancel)) is not { } words) throw ArchiveException.Damaged("The tar holds words about an entry that make no sense.");
                name = words.GetValueOrDefault("path", name!);
                size = Size(words) ?? size;
                isSparse |= words.Keys.Any(key => key.StartsWith("GNU.sparse.", StringComparison.Ordinal));
            }
            else if (!isStated)
            {
                guard.Member();
                if (Member(isSparse ? TarKind.Other : header.Kind, name ?? header.Name, size ?? header.Size) is { } member) return member;
                (name, size, isSparse) = (null, null, false);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => tar.Dispose();

    private ArchiveMember? Member(TarKind kind, string name, long size)
    {
        var shown = MemberNames.Shown(name);
        if (kind is TarKind.Folder || (kind is TarKind.File && MemberNames.IsLitter(name))) return null;
        if (kind is TarKind.Link) return ArchiveMember.Refused(shown, ArchiveCodes.Link, "The member is a link.");
        if (kind is TarKind.Other) return ArchiveMember.Refused(shown, ArchiveCodes.Unsupported, "The member is no plain file.");
        return MemberRules.Refusal(name, size, guard.Options) is { } refusal ? new(shown, null, refusal) : new(shown, _content, null);
    }

    private void Begin(long size)
    {
        _content = new(tar, size);
        _padding = (TarHeader.BlockBytes - size % TarHeader.BlockBytes) % TarHeader.BlockBytes;
    }

    /// <summary>Goes behind what is left of the last entry.</summary>
    private async ValueTask Pass(CancellationToken cancel)
    {
        if (_content is null) return;
        while (await _content.ReadAsync(_passed, cancel) > 0)
        {
        }
        var padding = new MemberStream(tar, _padding);
        while (await padding.ReadAsync(_passed, cancel) > 0)
        {
        }
        _content = null;
    }

    private async ValueTask<TarHeader?> Header(CancellationToken cancel)
    {
        while (true)
        {
            var read = await tar.ReadAtLeastAsync(_block, _block.Length, throwOnEndOfStream: false, cancel);
            if (read == 0) return null;
            if (read < _block.Length) throw _any ? ArchiveException.Truncated("The tar ends within a header.") : ArchiveException.Damaged("The compressed bytes are no tar.");
            if (_block.AsSpan().IndexOfAnyExcept((byte)0) < 0) continue;
            return TarHeader.Read(_block) ?? throw ArchiveException.Damaged(
                _any ? "The tar has a damaged header: nothing behind it can be found." : "The compressed bytes are no tar.");
        }
    }

    private async ValueTask<byte[]> Content(CancellationToken cancel)
    {
        using var words = new MemoryStream();
        for (int read; (read = await _content!.ReadAsync(_passed, cancel)) > 0;)
        {
            if (words.Length + read > MostWordBytes) throw new ArchiveException(ArchiveCodes.Limit, $"The tar has more than {MostWordBytes} bytes about one entry.");
            words.Write(_passed, 0, read);
        }
        return words.ToArray();
    }

    private static long? Size(Dictionary<string, string> words)
    {
        if (!words.TryGetValue("size", out var text)) return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? size
            : throw ArchiveException.Damaged("The tar holds words about an entry that make no sense.");
    }
}
