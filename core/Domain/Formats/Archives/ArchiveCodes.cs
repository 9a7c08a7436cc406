namespace QualityIngest.Domain.Formats.Archives;

/// <summary>What a compressed file or a member of one is refused for. Each code is explained in <c>docs/errors.md</c>.</summary>
public static class ArchiveCodes
{
    /// <summary>It holds or expands to more than it may.</summary>
    public const string Limit = "archive_limit";

    /// <summary>It is no such archive, or its bytes are damaged: a checksum, a length or a header is wrong.</summary>
    public const string Damaged = "archive_damaged";

    /// <summary>It ends too early.</summary>
    public const string Truncated = "archive_truncated";

    /// <summary>It holds nothing.</summary>
    public const string Empty = "archive_empty";

    /// <summary>A member is an archive itself.</summary>
    public const string Nested = "archive_nested";

    /// <summary>A member is a link to another file.</summary>
    public const string Link = "member_link";

    /// <summary>A member's path is absolute or leads out of the archive.</summary>
    public const string Path = "member_path";

    /// <summary>A member is encrypted.</summary>
    public const string Encrypted = "member_encrypted";

    /// <summary>A member is of a kind, or packed in a way, that is not read.</summary>
    public const string Unsupported = "member_unsupported";
}
