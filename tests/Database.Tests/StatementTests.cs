using Npgsql;
using QualityIngest.TestKit;

namespace QualityIngest.Database.Tests;

public sealed class StatementTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly System.Reflection.Assembly Room = typeof(Postgres).Assembly;

    public static TheoryData<string> Files => [.. Room.GetManifestResourceNames()
        .Where(name => name.EndsWith(".sql", StringComparison.Ordinal) && !name.Contains(".Migrations.", StringComparison.Ordinal))];

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public async Task Every_statement_fits_the_schema(string file)
    {
        await using var session = await database.Postgres.System(CancellationToken.None);
        await session.Execute(new Statement($"prepare fits as {Text(file)}"), CancellationToken.None);
    }

    // Leases, delays and back-off are lengths of time, counted by the database: no node's clock has a say.
    [Theory]
    [MemberData(nameof(Files))]
    public void No_statement_is_given_a_time(string file)
    {
        Assert.DoesNotContain("timestamp", Text(file).Replace("clock_timestamp()", "", StringComparison.Ordinal)
            .Replace("statement_timestamp()", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("now()", Text(file), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_statement_is_told_by_its_name()
    {
        var refusal = Assert.Throws<InvalidOperationException>(() => Statement.File(Room, "Work/NoSuch.sql"));
        Assert.Contains("Work/NoSuch.sql", refusal.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task What_is_known_to_last_long_is_not_ended_by_the_command_timeout()
    {
        TestDatabase.Require();
        await using var source = DatabaseServer.Open(database.ConnectionString, new DatabaseOptions { CommandTimeout = 1 }, null);
        var postgres = new Postgres(source);
        var takesLonger = new Statement("select pg_sleep(1.2)");

        await using (var patient = await postgres.System(CancellationToken.None))
            await patient.ExecuteLong([takesLonger], CancellationToken.None);

        await using var impatient = await postgres.System(CancellationToken.None);
        await Assert.ThrowsAsync<NpgsqlException>(() => impatient.Execute(takesLonger, CancellationToken.None));
    }

    private static string Text(string resource)
    {
        using var reader = new StreamReader(Room.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
