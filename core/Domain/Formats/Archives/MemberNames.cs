using System.Text;
using System.Text.Unicode;

namespace QualityIngest.Domain.Formats.Archives;

/// <summary>The paths of members. Nothing is ever written under them; they are held to the rules all the same.</summary>
internal static class MemberNames
{
    private const int Longest = 1_024;
    private static readonly string[] Litter = [".DS_Store", "Thumbs.db", "desktop.ini"];
    private static readonly string[] Archives = [".zip", ".gz", ".tgz", ".tar", ".bz2", ".tbz2", ".xz", ".txz", ".zst", ".7z", ".rar", ".lz4"];

    /// <summary>Reads a name as UTF-8, else byte by byte.</summary>
    public static string Decode(ReadOnlySpan<byte> name) => Utf8.IsValid(name) ? Encoding.UTF8.GetString(name) : Encoding.Latin1.GetString(name);

    /// <summary>The name as it can be shown and stored: without control characters, and cut when very long.</summary>
    public static string Shown(string name)
    {
        if (name.Length > Longest) name = name[..Longest] + "…";
        return name.Any(char.IsControl) ? string.Concat(name.Select(c => char.IsControl(c) ? '\uFFFD' : c)) : name;
    }

    /// <summary>Whether it leads out of the archive, or may do so somewhere: absolute, with a drive or backslashes, or with <c>..</c>.</summary>
    public static bool LeadsOut(string name) =>
        name.Length == 0 || name[0] == '/' || name.Contains('\\', StringComparison.Ordinal) || name is [_, ':', ..]
        || name.Contains('\0', StringComparison.Ordinal) || name.Split('/').Contains("..");

    /// <summary>What operating systems leave in archives: macOS' forks, and caches of folders' looks.</summary>
    public static bool IsLitter(string name)
    {
        var file = name.AsSpan(name.LastIndexOf('/') + 1);
        if (name.StartsWith("__MACOSX/", StringComparison.Ordinal) || file.StartsWith("._", StringComparison.Ordinal)) return true;
        foreach (var litter in Litter)
        {
            if (file.Equals(litter, StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }

    /// <summary>Whether it is named like an archive.</summary>
    public static bool IsArchive(string name) => Archives.Any(end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase));
}
