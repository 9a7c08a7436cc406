namespace QualityIngest.Database;

/// <summary>
/// An exclusive lock on a file beside the data. The operating system gives it back when its holder dies, however it dies,
/// which a pid file does not.
/// </summary>
internal sealed class DataLock : IDisposable
{
    private readonly FileStream _file;

    private DataLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, waiting a moment for a process that is just ending.</summary>
    /// <exception cref="EmbeddedPostgresException">A living process holds it.</exception>
    public static async Task<DataLock> Take(string path, TimeSpan patience, CancellationToken cancel)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (TryTake(path) is { } taken)
                return taken;
            if (TimeProvider.System.GetElapsedTime(began) > patience)
                throw new EmbeddedPostgresException(
                    $"Another process uses the data beside {path}. Stop it, choose another Data__Directory, or let both use one server with ConnectionStrings__Postgres.");
            await Task.Delay(100, cancel);
        }
    }

    /// <summary>Takes the lock at once, or returns null.</summary>
    public static DataLock? TryTake(string path)
    {
        try
        {
            return new DataLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();
}
