namespace QualityIngest.Domain.Formats.Archives;

/// <summary>One file in an archive.</summary>
/// <param name="Name">Its path, fit to be shown.</param>
/// <param name="Content">Its bytes, to be read before the next member is asked for; null where it is refused.</param>
/// <param name="Refusal">Why it is not read.</param>
internal sealed record ArchiveMember(string Name, Stream? Content, RowError? Refusal)
{
    public static ArchiveMember Refused(string name, string code, string message) => new(name, null, new(null, code, message));
}

/// <summary>An archive that is read forward.</summary>
internal interface IArchive : IDisposable
{
    /// <summary>
    /// The next file; null at the archive's end. Passes over what is left of the one before, folders, and what operating
    /// systems leave behind (<see cref="MemberNames.IsLitter"/>).
    /// </summary>
    /// <exception cref="ArchiveException">The archive cannot be read further.</exception>
    ValueTask<ArchiveMember?> Next(CancellationToken cancel);
}
