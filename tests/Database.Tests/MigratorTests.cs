using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using QualityIngest.TestKit;

namespace QualityIngest.Database.Tests;

public sealed class MigratorTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [SkippableFact]
    public async Task A_migrated_database_has_nothing_left_to_do()
    {
        var before = await Applied();
        Assert.NotEmpty(before);

        await Migrator().Migrate(Never);

        Assert.Equal(before, await Applied());
    }

    private Migrator Migrator() => new(database.Source, TestDatabase.Migrations, NullLogger<Migrator>.Instance);

    private async Task<List<string>> Applied()
    {
        await using var session = await database.Postgres.System(Never);
        return await session.Query(
            new Statement("select room || '/' || number || '/' || applied_at from qi.schema_migrations order by room, number"),
            row => row.GetString(0), Never);
    }
}
