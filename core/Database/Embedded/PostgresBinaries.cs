using System.Globalization;

namespace QualityIngest.Database;

/// <summary>Finds the directory of an installed PostgreSQL's programs.</summary>
public static class PostgresBinaries
{
    /// <summary>The oldest release that the product runs on.</summary>
    public const int OldestRelease = 15;

    /// <summary>What to do when none is installed.</summary>
    public const string HowToInstall =
        "PostgreSQL 15 or newer is not installed. Debian and Ubuntu: apt-get install -y postgresql; macOS: brew install postgresql@17; " +
        "or set ConnectionStrings__Postgres to use a server elsewhere, or Database__Binaries to the directory that has initdb.";

    private static readonly string[] Installations = ["/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt", "/usr"];

    /// <summary>
    /// The given directory, else the highest release among the usual places, else the one on PATH. Null when there is none.
    /// </summary>
    public static string? Find(string? given = null)
    {
        if (given is not null)
            return Holds(given) ? given : null;

        var installed =
            from place in Installations
            where Directory.Exists(place)
            from directory in Directory.EnumerateDirectories(place)
            let release = Release(Path.GetFileName(directory))
            where release >= OldestRelease
            let programs = Path.Combine(directory, "bin")
            where Holds(programs)
            orderby release descending
            select programs;
        return installed.FirstOrDefault() ?? (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).FirstOrDefault(Holds);
    }

    // Directories are named 17 on Debian, postgresql@17 by Homebrew and pgsql-17 by the PostgreSQL project's own packages.
    private static int Release(string directory)
    {
        var name = directory.Split('@', '-')[^1];
        var known = directory.Length == name.Length || directory.StartsWith("postgresql@", StringComparison.Ordinal)
            || directory.StartsWith("pgsql-", StringComparison.Ordinal);
        return known && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var release) ? release : 0;
    }

    private static bool Holds(string directory) =>
        directory.Length > 0 && File.Exists(Path.Combine(directory, "initdb")) && File.Exists(Path.Combine(directory, "pg_ctl"));
}
