using System.Globalization;

namespace QualityIngest.Domain.Formats.Archives;

/// <summary>What a plain file in an archive is held to before it is read, whatever the archive.</summary>
internal static class MemberRules
{
    /// <summary>Why the member is refused, or null.</summary>
    /// <param name="name">Its path.</param>
    /// <param name="size">Its expanded bytes, as the archive says.</param>
    /// <param name="options">What archives may hold.</param>
    public static RowError? Refusal(string name, long size, ArchiveOptions options)
    {
        if (MemberNames.LeadsOut(name)) return new(null, ArchiveCodes.Path, "The member's path is absolute, leads out of the archive, or has backslashes.");
        if (MemberNames.IsArchive(name)) return new(null, ArchiveCodes.Nested, "The member is an archive itself.");
        if (size > options.MemberBytes) return new(null, ArchiveCodes.Limit, string.Create(CultureInfo.InvariantCulture, $"The member is larger than {options.MemberBytes} bytes."));
        return null;
    }
}
