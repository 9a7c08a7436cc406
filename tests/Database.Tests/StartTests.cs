using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using QualityIngest.TestKit;

namespace QualityIngest.Database.Tests;

public sealed class StartTests : IDisposable
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private readonly string _directory = Directory.CreateTempSubdirectory("qi-start-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [SkippableFact]
    public async Task Without_a_connection_string_an_application_starts_a_server_of_its_own_and_comes_back_to_its_data()
    {
        if (PostgresBinaries.Find() is null)
            TestDatabase.RequireServer(PostgresBinaries.HowToInstall);

        await using (var first = Application())
        {
            Assert.Throws<InvalidOperationException>(() => first.GetRequiredService<NpgsqlDataSource>());
            await first.StartDatabase(Never);
            await first.StartDatabase(Never);
            await using var session = await first.GetRequiredService<Postgres>().Pipeline("acme", Never);
            await first.GetRequiredService<WorkQueue>().Enqueue(session, "acme", [new NewWorkItem("kind", "key", null, "{}")], Never);
            await session.Commit(Never);
        }

        await using var second = Application();
        await second.StartDatabase(Never);
        Assert.Single(await second.GetRequiredService<WorkQueue>().Claim("kind", 1, Never));
    }

    [SkippableFact]
    public async Task A_node_with_another_key_refuses_to_start()
    {
        var database = new TestDatabase();
        await database.InitializeAsync();
        TestDatabase.Require();
        await using (var right = Application(("ConnectionStrings:Postgres", database.ConnectionString)))
            await right.StartDatabase(Never);

        await using var wrong = Application(("ConnectionStrings:Postgres", database.ConnectionString), ("Secrets:Keys:0", Convert.ToBase64String(new byte[32])));
        var refusal = await Assert.ThrowsAsync<SecretBoxException>(() => wrong.StartDatabase(Never));

        Assert.Contains("Secrets__Keys__0", refusal.Message, StringComparison.Ordinal);
        await database.DisposeAsync();
    }

    [SkippableFact]
    public async Task A_restarted_server_serves_the_same_data_source_again()
    {
        TestDatabase.Require();
        await using var server = await TestPostgres.Start();
        var database = await TestDatabase.On(server);
        await Enqueue(database);

        await server.Restart();
        await Enqueue(database);

        await server.Crash();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => Enqueue(database));
        await server.Launch();
        await Enqueue(database);
        await database.DisposeAsync();
    }

    private static async Task Enqueue(TestDatabase database)
    {
        database.Source.Clear();
        await using var session = await database.Postgres.Pipeline("acme", Never);
        await new WorkQueue(database.Postgres, new WorkOptions()).Enqueue(session, "acme", [new NewWorkItem("kind", "key", null, "{}")], Never);
        await session.Commit(Never);
    }

    private ServiceProvider Application(params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Data:Directory", _directory), .. settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value))])
            .Build();
        var services = new ServiceCollection().AddLogging().AddDatabase(configuration);
        foreach (var room in TestDatabase.Migrations.Skip(1))
            services.AddSingleton(room);
        return services.BuildServiceProvider();
    }
}
