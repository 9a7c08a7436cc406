using System.Reflection;
using Npgsql;
using QualityIngest.Database;
using QualityIngest.EventStore;
using QualityIngest.TestKit;

namespace QualityIngest.Domain.Tests.Sql;

public sealed class StatementTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly Assembly[] Rooms = [typeof(Statement).Assembly, typeof(StoredEvent).Assembly, typeof(DomainJson).Assembly];

    [SkippableFact]
    public async Task Every_embedded_statement_fits_the_schema()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        var prepared = 0;
        foreach (var room in Rooms)
        {
            foreach (var name in room.GetManifestResourceNames().Where(IsStatement))
            {
                using var reader = new StreamReader(room.GetManifestResourceStream(name)!);
                var text = (await reader.ReadToEndAsync()).TrimEnd().TrimEnd(';');
                try
                {
                    await using var prepare = new NpgsqlCommand($"prepare s{prepared} as {text}", connection);
                    await prepare.ExecuteNonQueryAsync();
                }
                catch (PostgresException misfit)
                {
                    Assert.Fail($"{name}: {misfit.MessageText}");
                }

                prepared++;
            }
        }

        Assert.True(prepared > 10, $"Only {prepared} statements were found.");
    }

    private static bool IsStatement(string name) =>
        name.EndsWith(".sql", StringComparison.Ordinal) && !name.Contains(".Migrations.", StringComparison.Ordinal);
}
