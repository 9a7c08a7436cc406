using System.IO.Pipelines;
using System.Text;
using QualityIngest.GraphQL.Execution;
using QualityIngest.GraphQL.Tests.Library;

namespace QualityIngest.GraphQL.Tests.Execution;

/// <summary>Statements that run: bounds, time, cancellation, many at once.</summary>
public sealed class ExecutionTests(LibraryDatabase library) : IClassFixture<LibraryDatabase>
{
    [SkippableFact]
    public async Task An_answer_that_is_too_large_is_an_error_and_nothing_of_it_is_sent()
    {
        var engine = new GraphQLEngine(LibraryCatalogue.Declare(), new() { Limits = new() { ResponseBytes = 100 } });

        var response = await library.Ask("{ books { nodes { title state addedAt } } }", engine: engine);
        Assert.StartsWith("LIMIT_EXCEEDED responseBytes 100 < ", response, StringComparison.Ordinal);
        Assert.Equal("""{"data":{"books":{"totalCount":12}}}""", await library.Ask("{ books { totalCount } }", engine: engine));
    }

    [SkippableFact]
    public async Task The_length_is_known_before_the_first_byte()
    {
        await using var session = await library.Postgres.Tenant("acme", default);
        var query = library.Engine.Prepare(new("{ books { nodes { title } } }")).Query!;
        await using var result = await library.Engine.Run(query, session.Transaction, default);
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        await result.CopyTo(pipe.Writer, default);
        await pipe.Writer.CompleteAsync();

        using var bytes = new MemoryStream();
        await pipe.Reader.CopyToAsync(bytes);
        Assert.Equal(result.Length, bytes.Length);
        Assert.StartsWith("""{"data":{""", Encoding.UTF8.GetString(bytes.ToArray()), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_large_answer_arrives_whole()
    {
        await using var session = await library.Postgres.Tenant("acme", default);
        var fields = string.Join(" ", Enumerable.Range(0, 14).Select(i => $"b{i}: books(first: 100) {{ nodes {{ title state addedAt author {{ books {{ nodes {{ title notes tags }} }} }} }} }}"));
        var query = library.Engine.Prepare(new($"{{ {fields} }}")).Query!;
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        Assert.Null(await library.Engine.Execute(query, session.Transaction, pipe.Writer, default));
        await pipe.Writer.CompleteAsync();

        using var response = await System.Text.Json.JsonDocument.ParseAsync(pipe.Reader.AsStream());
        Assert.All(response.RootElement.GetProperty("data").EnumerateObject(), b => Assert.Equal(12, b.Value.GetProperty("nodes").GetArrayLength()));
    }

    [SkippableFact]
    public async Task A_statement_that_waits_too_long_is_an_error_that_names_the_limit()
    {
        var engine = new GraphQLEngine(LibraryCatalogue.Declare(), new() { Limits = new() { StatementTimeout = TimeSpan.FromMilliseconds(100) } });
        await using var holder = await library.Postgres.System(default);
        await holder.Execute(new("lock table library.authors in access exclusive mode"), default);

        Assert.StartsWith(
            "LIMIT_EXCEEDED statementTimeout 100 < 100", await library.Ask("{ authors { totalCount } }", engine: engine), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task The_limit_of_a_query_alone_ends_it_however_long_other_statements_may_run()
    {
        var engine = new GraphQLEngine(LibraryCatalogue.Declare(), new() { Limits = new() { StatementTimeout = TimeSpan.FromSeconds(2) } });
        await using var hasty = Npgsql.NpgsqlDataSource.Create(new Npgsql.NpgsqlConnectionStringBuilder(library.ConnectionString) { CommandTimeout = 1 });
        await using var holder = await library.Postgres.System(default);
        await holder.Execute(new("lock table library.authors in access exclusive mode"), default);
        await using var session = await new Database.Postgres(hasty).Tenant("acme", default);

        await using var result = await engine.Run(engine.Prepare(new("{ authors { totalCount } }")).Query!, session.Transaction, default);

        Assert.Equal("statementTimeout", result.Error?.Limit?.Name);
    }

    [SkippableFact]
    public async Task An_answer_that_was_read_after_the_statements_time_is_whole()
    {
        var catalogue = GraphQLCatalogue.Declare("Long.", c =>
        {
            c.Table("Book", "A book.", "library.books", book =>
            {
                book.NodeKey("id");
                book.Text("long", "repeat('x', 2000000)", "Fills what lies between the server and its client.");
            });
            c.Query.Connection("books", "Book", "All.");
        });
        var engine = new GraphQLEngine(catalogue, new() { Limits = new() { StatementTimeout = TimeSpan.FromMilliseconds(1_000) } });
        await using var watcher = await library.Postgres.System(default);
        await using var session = await library.Postgres.Tenant("acme", default);
        var result = await engine.Run(engine.Prepare(new("{ books { nodes { long } } }")).Query!, session.Transaction, default);
        var late = new Database.Statement(
            "select clock_timestamp() > query_start + interval '1.5 seconds' from pg_stat_activity where pid = $1", session.Connection.ProcessID);
        while (!await watcher.Scalar<bool>(late, default))
            Assert.Null(result.Error);

        using var bytes = new MemoryStream();
        await result.CopyTo(PipeWriter.Create(bytes, new(leaveOpen: true)), default);
        await result.DisposeAsync();

        Assert.Equal(result.Length, bytes.Length);
    }

    [Theory]
    [InlineData(true, "BAD_USER_INPUT")]
    [InlineData(false, "QUERY_FAILED")]
    public void What_the_database_says_is_read_in_any_language(bool namesZone, string code) => Assert.Equal(
        code,
        DatabaseErrors.Of(new Npgsql.PostgresException("Zeitzone »Nirgends« nicht erkannt", "FEHLER", "FEHLER", "22023"), new(), namesZone)?.Code);

    [SkippableFact]
    public async Task A_caller_who_leaves_ends_the_statement()
    {
        await using var holder = await library.Postgres.System(default);
        await holder.Execute(new("lock table library.authors in access exclusive mode"), default);
        await using var session = await library.Postgres.Tenant("acme", default);
        using var leaving = new CancellationTokenSource();
        var query = library.Engine.Prepare(new("{ authors { totalCount } }")).Query!;

        var running = library.Engine.Run(query, session.Transaction, leaving.Token);
        var pid = session.Connection.ProcessID;
        while (!await holder.Scalar<bool>(new("select cardinality(pg_blocking_pids($1)) > 0", pid), default))
            Assert.False(running.IsCompleted, "The statement was to wait.");
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [SkippableFact]
    public async Task What_the_database_cannot_compute_is_an_error_of_the_whole_request()
    {
        var catalogue = GraphQLCatalogue.Declare("Fails.", c =>
        {
            c.Table("Book", "A book.", "library.books", book =>
            {
                book.NodeKey("id");
                book.Long("bad", "1 / ({t}.copies - {t}.copies)", "Breaks the rule that nothing fails.");
            });
            c.Query.Connection("books", "Book", "All.");
        });

        Assert.Equal(
            "QUERY_FAILED: The database could not answer the query (SQLSTATE 22012).",
            await library.Ask("{ books { nodes { bad } } }", engine: new(catalogue, new())));
    }

    [SkippableFact]
    public async Task Statements_are_planned_for_their_values_under_a_time_limit()
    {
        await using var session = await library.Postgres.Tenant("acme", default);
        var query = library.Engine.Prepare(new("{ books { totalCount } }")).Query!;
        await using (var result = await library.Engine.Run(query, session.Transaction, default))
            Assert.Null(result.Error);

        Assert.Equal("force_custom_plan", await session.Scalar<string>(new("select current_setting('plan_cache_mode')"), default));
        Assert.Equal("10s", await session.Scalar<string>(new("select current_setting('statement_timeout')"), default));
    }

    [SkippableFact]
    public async Task Many_requests_run_at_once_and_again()
    {
        await Parallel.ForAsync(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
        {
            var title = i % 2 == 0 ? "Alpha" : "Zeta";
            Assert.Contains(
                $"[{{\"title\":\"{title}\"}}]",
                await library.Data("query ($t: String!) { books(filter: {title: {eq: $t}}) { nodes { title } } }", new { t = title }),
                StringComparison.Ordinal);
        });
    }
}
