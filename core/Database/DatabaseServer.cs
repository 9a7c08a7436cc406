using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace QualityIngest.Database;

/// <summary>The server that this node works on: a given one, or an embedded one that is started first and stopped last.</summary>
public sealed class DatabaseServer(DatabaseOptions options, ILoggerFactory loggers) : IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1, 1);
    private EmbeddedPostgres? _embedded;

    /// <summary>The embedded server; null when a given one is used, or before <see cref="Start"/>.</summary>
    public EmbeddedPostgres? Embedded => _embedded;

    /// <summary>Starts the embedded server if no other is given. Calling it again does nothing.</summary>
    public async Task Start(CancellationToken cancel)
    {
        if (options.ConnectionString is not null)
            return;
        await _starting.WaitAsync(cancel);
        try
        {
            _embedded ??= await EmbeddedPostgres.Start(
                new EmbeddedPostgresOptions
                {
                    Directory = options.Directory,
                    UnreachableDirectory = options.DirectoryChosen ? null : Elsewhere(),
                    Binaries = options.Binaries,
                },
                loggers.CreateLogger<EmbeddedPostgres>(), cancel);
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>Makes the data source of the product: search path <c>qi</c>, pooled, with keepalive.</summary>
    /// <exception cref="InvalidOperationException">The embedded server was not started yet.</exception>
    public NpgsqlDataSource Open()
    {
        var server = options.ConnectionString ?? _embedded?.ConnectionString
            ?? throw new InvalidOperationException("The embedded PostgreSQL does not run yet: await app.Services.StartDatabase() before anything uses the database.");
        return Open(server, options, loggers);
    }

    /// <summary>Makes a data source with the product's settings. What the connection string says itself stands.</summary>
    public static NpgsqlDataSource Open(string connectionString, DatabaseOptions options, ILoggerFactory? loggers)
    {
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        var unset = new NpgsqlConnectionStringBuilder();
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = "qi", Timezone = "UTC" };
        Default("Maximum Pool Size", options.MaxPoolSize);
        Default("Command Timeout", options.CommandTimeout);
        Default("Keepalive", options.KeepAlive);
        Default("Application Name", "quality-ingest");
        Default("Max Auto Prepare", 100);

        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        if (loggers is not null)
            builder.UseLoggerFactory(loggers);
        return builder.Build();

        void Default(string name, object value)
        {
            if (Equals(given[name], unset[name]))
                settings[name] = value;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_embedded is not null)
            await _embedded.DisposeAsync();
        _starting.Dispose();
    }

    // One place for each default directory, so that two checkouts on a machine do not meet in one cluster.
    private string Elsewhere()
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(options.Directory))))[..12];
        return Path.Combine("/var/lib/quality-ingest", name);
    }
}
