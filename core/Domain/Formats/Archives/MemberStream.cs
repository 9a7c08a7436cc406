using System.Globalization;

namespace QualityIngest.Domain.Formats.Archives;

/// <summary>The bytes of one member of a tar, whose length its header gives.</summary>
internal sealed class MemberStream(Stream archive, long length) : ForwardStream
{
    private long _left = length;

    /// <inheritdoc/>
    /// <exception cref="ArchiveException">The archive ends within the member.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_left == 0 || buffer.Length == 0) return 0;
        var read = await archive.ReadAsync(buffer[..(int)Math.Min(buffer.Length, _left)], cancellationToken);
        if (read == 0)
            throw ArchiveException.Truncated(string.Create(CultureInfo.InvariantCulture, $"The archive ends {_left} bytes before its member does."));
        _left -= read;
        return read;
    }
}
