using System.Diagnostics;
using System.Globalization;
using Npgsql;
using QualityIngest.Database;
using QualityIngest.TestKit;

namespace QualityIngest.Benchmarks.Json;

/// <summary>Runs the rival: <c>Load.sql</c> by psql, as an administrator would load the file by hand.</summary>
public sealed class LoadScript : IDisposable
{
    private readonly NpgsqlConnectionStringBuilder _database;
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"qi-bench-{Guid.NewGuid():n}.jsonl");
    private readonly long _size;

    private LoadScript(string connection, long size) => (_database, _size) = (new(connection), size);

    /// <summary>Writes the file to disk, for loads into a database.</summary>
    public static async Task<LoadScript> On(string connection, byte[] bytes, CancellationToken cancel)
    {
        var script = new LoadScript(connection, bytes.Length);
        await File.WriteAllBytesAsync(script._file, bytes, cancel);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(script._file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        return script;
    }

    /// <summary>Makes a tenant with agents and a connector.</summary>
    public Task Prepare(string tenant, CancellationToken cancel) => Psql("Prepare.sql", tenant, cancel);

    /// <summary>Loads the file, and says how long psql ran.</summary>
    public async Task<TimeSpan> Load(string tenant, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        await Psql("Load.sql", tenant, cancel);
        return clock.Elapsed;
    }

    /// <inheritdoc/>
    public void Dispose() => File.Delete(_file);

    private async Task Psql(string file, string tenant, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(Path.Combine(PostgresBinaries.Find()!, "psql")) { RedirectStandardError = true, RedirectStandardOutput = true };
        string[] arguments =
        [
            "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", Path.Combine(Checkout.Root, "tests/Benchmarks/Json", file),
            "-v", $"tenant={tenant}", "-v", $"agents={ChatLog.Agents}", "-v", $"file={_file}",
            "-v", string.Create(CultureInfo.InvariantCulture, $"size={_size}"),
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
