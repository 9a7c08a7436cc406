using Microsoft.Extensions.Logging;

namespace QualityIngest.Database;

/// <summary>Makes the data directory, and sees to it that PostgreSQL's account can walk into it.</summary>
internal sealed partial class ClusterHome(ServerAccount account, ILogger logger)
{
    /// <summary>The absolute path of the directory to use.</summary>
    /// <exception cref="EmbeddedPostgresException">The account cannot reach it, and no other place was allowed.</exception>
    public async Task<string> Prepare(EmbeddedPostgresOptions options, CancellationToken cancel)
    {
        var home = Make(options.Directory);
        if (await account.Reaches(home, cancel))
            return home;

        if (options.UnreachableDirectory is { } elsewhere && await account.Reaches(Make(elsewhere), cancel))
        {
            LogRelocated(account.Name, home, elsewhere);
            return Path.GetFullPath(elsewhere);
        }
        throw new EmbeddedPostgresException(
            $"PostgreSQL runs as {account.Name}, because this process is root, and {account.Name} cannot reach {home}. " +
            "Set Data__Directory to a directory whose parents others may traverse, e.g. /var/lib/quality-ingest, or start as an ordinary user.");
    }

    // Others may pass through, no more: what is secret in here is a file of mode 0600, and PostgreSQL's own directory is 0700.
    private string Make(string directory)
    {
        var full = Path.GetFullPath(directory);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(full);
            return full;
        }
        const UnixFileMode own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Directory.CreateDirectory(full, account.Drops ? own | UnixFileMode.OtherExecute : own);
        if (account.Drops && !File.GetUnixFileMode(full).HasFlag(UnixFileMode.OtherExecute))
            File.SetUnixFileMode(full, File.GetUnixFileMode(full) | UnixFileMode.OtherExecute);
        return full;
    }

    [LoggerMessage(EventId = 1013, Level = LogLevel.Warning,
        Message = "PostgreSQL runs as {Account}, which cannot reach {Home}: the data is kept in {Elsewhere}. Set Data__Directory to choose the place.")]
    private partial void LogRelocated(string account, string home, string elsewhere);
}
