using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace QualityIngest.Database;

/// <summary>How the database joins an application.</summary>
public static class DatabaseServices
{
    /// <summary>
    /// Registers the data source and what stands on it. Rooms with migrations register a <see cref="MigrationSet"/> each,
    /// after this call and in the order in which they are to be applied.
    /// </summary>
    public static IServiceCollection AddDatabase(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(DatabaseOptions.From(configuration));
        services.AddSingleton<DatabaseServer>();
        services.AddSingleton<NpgsqlDataSource>(provider => provider.GetRequiredService<DatabaseServer>().Open());
        services.AddSingleton<Postgres>();
        services.AddSingleton(Migrations);
        services.AddSingleton<Migrator>();
        services.AddSingleton<DatabaseStart>();
        services.AddSingleton(WorkOptions.From(configuration));
        services.AddSingleton<WorkQueue>();
        services.AddSingleton(provider => new SecretBox(SecretKeys.Read(
            configuration, provider.GetRequiredService<DatabaseOptions>(), provider.GetRequiredService<ILogger<SecretBox>>())));
        services.AddSingleton<SecretCanary>();
        return services;
    }

    /// <summary>The migrations of this room.</summary>
    public static MigrationSet Migrations { get; } = new("Database", typeof(Postgres).Assembly);

    /// <summary>
    /// Starts the embedded server where one is used, waits for PostgreSQL to answer, migrates, and checks the node's keys.
    /// The program awaits it between building the application and running it: hosted services are constructed before any of
    /// them starts, and their data source needs the server's port, so a start step among them would come too late.
    /// Calling it again does no harm.
    /// </summary>
    /// <exception cref="EmbeddedPostgresException">The embedded server cannot run here.</exception>
    /// <exception cref="SchemaException">The schema and this version do not fit together.</exception>
    /// <exception cref="SecretBoxException">This node lacks a key of the database's secrets.</exception>
    /// <exception cref="NpgsqlException">The server did not answer within <see cref="DatabaseOptions.StartTimeout"/>.</exception>
    public static Task StartDatabase(this IServiceProvider services, CancellationToken cancel = default) =>
        services.GetRequiredService<DatabaseStart>().Run(services, cancel);
}
