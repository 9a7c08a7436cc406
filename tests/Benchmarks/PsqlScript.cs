using System.Diagnostics;
using System.Globalization;
using Npgsql;
using QualityIngest.Database;
using QualityIngest.TestKit;

namespace QualityIngest.Benchmarks;

/// <summary>Runs a rival: a benchmark's <c>Load.sql</c> by psql, as an administrator would load the files by hand.</summary>
public sealed class PsqlScript : IDisposable
{
    private readonly string _folder;
    private readonly NpgsqlConnectionStringBuilder _database;
    private readonly List<(string Path, long Size)> _files = [];
    private readonly (string Name, object Value)[] _variables;

    private PsqlScript(string folder, string connection, (string Name, object Value)[] variables) =>
        (_folder, _database, _variables) = (folder, new(connection), variables);

    /// <summary>Writes the files to disk, for loads into a database. The scripts know them as <c>file0</c> and <c>size0</c>, and so on.</summary>
    /// <param name="folder">The benchmark's folder, which holds the scripts.</param>
    /// <param name="connection">The database.</param>
    /// <param name="files">The files' bytes.</param>
    /// <param name="variables">What else the scripts ask for.</param>
    /// <param name="cancel">Ends the writing.</param>
    public static async Task<PsqlScript> On(
        string folder, string connection, IReadOnlyList<byte[]> files, (string Name, object Value)[] variables, CancellationToken cancel)
    {
        var script = new PsqlScript(folder, connection, variables);
        foreach (var bytes in files)
        {
            var path = Path.Combine(Path.GetTempPath(), $"qi-bench-{Guid.NewGuid():n}");
            await File.WriteAllBytesAsync(path, bytes, cancel);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
            script._files.Add((path, bytes.Length));
        }

        return script;
    }

    /// <summary>Makes a tenant with what its source has before its first file.</summary>
    public Task Prepare(string tenant, CancellationToken cancel) => Psql("Prepare.sql", tenant, cancel);

    /// <summary>Loads the files, and says how long psql ran.</summary>
    public async Task<TimeSpan> Load(string tenant, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        await Psql("Load.sql", tenant, cancel);
        return clock.Elapsed;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (path, _) in _files)
            File.Delete(path);
    }

    private async Task Psql(string file, string tenant, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(Path.Combine(PostgresBinaries.Find()!, "psql")) { RedirectStandardError = true, RedirectStandardOutput = true };
        string[] arguments =
        [
            "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", Path.Combine(Checkout.Root, "tests/Benchmarks", _folder, file), "-v", $"tenant={tenant}",
            .. _variables.SelectMany(v => new[] { "-v", string.Create(CultureInfo.InvariantCulture, $"{v.Name}={v.Value}") }),
            .. _files.SelectMany((f, i) => new[] { "-v", $"file{i}={f.Path}", "-v", string.Create(CultureInfo.InvariantCulture, $"size{i}={f.Size}") }),
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["PGHOST"] = _database.Host;
        start.Environment["PGPORT"] = _database.Port.ToString(CultureInfo.InvariantCulture);
        start.Environment["PGDATABASE"] = _database.Database;
        start.Environment["PGUSER"] = _database.Username;
        start.Environment["PGPASSWORD"] = _database.Password;

        using var psql = Process.Start(start)!;
        var said = psql.StandardError.ReadToEndAsync(cancel);
        await psql.StandardOutput.ReadToEndAsync(cancel);
        await psql.WaitForExitAsync(cancel);
        if (psql.ExitCode != 0)
            throw new InvalidOperationException($"psql failed on {file}: {await said}");
    }
}
