using System.Globalization;

namespace QualityIngest.Domain.Formats.Archives;

/// <summary>Counts what a compressed file takes and gives, byte for byte, and ends it where it gives more than it may.</summary>
internal sealed class ExpansionGuard(ArchiveOptions options)
{
    private long _stored;
    private long _expanded;
    private int _members;

    public ArchiveOptions Options => options;

    /// <summary>Counts stored bytes as they are read.</summary>
    public void Store(int count) => _stored += count;

    /// <summary>Counts expanded bytes before they are handed on.</summary>
    /// <exception cref="ArchiveException">They are too many.</exception>
    public void Expand(int count)
    {
        _expanded += count;
        if (_expanded > options.ExpandedBytes) throw Refusal($"The file expands to more than {options.ExpandedBytes} bytes.");
        if (_expanded > options.RatioFreeBytes && _expanded / options.Ratio > _stored)
            throw Refusal($"The file expands to more than {options.Ratio} times its stored bytes.");
    }

    /// <summary>Counts a member.</summary>
    /// <exception cref="ArchiveException">It is one too many.</exception>
    public void Member()
    {
        if (++_members > options.Members) throw Refusal($"The archive has more than {options.Members} members.");
    }

    private static ArchiveException Refusal(FormattableString message) =>
        new(ArchiveCodes.Limit, message.ToString(CultureInfo.InvariantCulture));
}
