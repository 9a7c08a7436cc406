using Microsoft.Extensions.Configuration;

namespace QualityIngest.Database;

/// <summary>
/// Which PostgreSQL is used, and how. Read from <c>ConnectionStrings:Postgres</c>, <c>Data:Directory</c> and the section <c>Database</c>.
/// </summary>
public sealed record DatabaseOptions
{
    /// <summary>The server to use (<c>ConnectionStrings__Postgres</c>). Null: an embedded one with its data in <see cref="Directory"/>.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>Where embedded data and generated keys are kept (<c>Data__Directory</c>). Default: <c>.data</c> in the working directory.</summary>
    public string Directory { get; init; } = ".data";

    /// <summary>Whether <see cref="Directory"/> was chosen by configuration; only a default place may be moved.</summary>
    public bool DirectoryChosen { get; init; }

    /// <summary>The directory that has <c>initdb</c> and <c>pg_ctl</c>. Default: searched for.</summary>
    public string? Binaries { get; init; }

    /// <summary>The most connections that this node holds at once. Default: 50.</summary>
    public int MaxPoolSize { get; init; } = 50;

    /// <summary>Seconds after which a statement is given up. Default: 30.</summary>
    public int CommandTimeout { get; init; } = 30;

    /// <summary>Seconds of idleness after which a connection is probed. Default: 30.</summary>
    public int KeepAlive { get; init; } = 30;

    /// <summary>Seconds to wait at start for a server that does not answer yet. Default: 60.</summary>
    public int StartTimeout { get; init; } = 60;

    /// <summary>
    /// Whether this node migrates the schema at start. Default: true. False: it only checks that the schema is its own,
    /// for installations that migrate under another login.
    /// </summary>
    public bool Migrate { get; init; } = true;

    /// <summary>Reads the options.</summary>
    /// <exception cref="InvalidOperationException">A value is no number, or out of bounds.</exception>
    public static DatabaseOptions From(IConfiguration configuration)
    {
        var section = configuration.GetSection("Database");
        var directory = configuration["Data:Directory"];
        var defaults = new DatabaseOptions();
        var options = new DatabaseOptions
        {
            ConnectionString = Given(configuration.GetConnectionString("Postgres")),
            Directory = Given(directory) ?? defaults.Directory,
            DirectoryChosen = Given(directory) is not null,
            Binaries = Given(section["Binaries"]),
            MaxPoolSize = section.GetValue("MaxPoolSize", defaults.MaxPoolSize),
            CommandTimeout = section.GetValue("CommandTimeout", defaults.CommandTimeout),
            KeepAlive = section.GetValue("KeepAlive", defaults.KeepAlive),
            StartTimeout = section.GetValue("StartTimeout", defaults.StartTimeout),
            Migrate = section.GetValue("Migrate", defaults.Migrate),
        };
        return options switch
        {
            { MaxPoolSize: < 5 or > 1000 } => throw new InvalidOperationException("Database:MaxPoolSize is from 5 to 1000."),
            { CommandTimeout: < 1 or > 3600 } => throw new InvalidOperationException("Database:CommandTimeout is from 1 to 3600 seconds."),
            { KeepAlive: < 1 or > 3600 } => throw new InvalidOperationException("Database:KeepAlive is from 1 to 3600 seconds."),
            { StartTimeout: < 0 or > 3600 } => throw new InvalidOperationException("Database:StartTimeout is from 0 to 3600 seconds."),
            _ => options,
        };
    }

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
