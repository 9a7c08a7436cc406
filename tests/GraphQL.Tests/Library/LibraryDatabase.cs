using System.IO.Pipelines;
using System.Text.Json;
using QualityIngest.Database;
using QualityIngest.GraphQL.Execution;
using QualityIngest.TestKit;

namespace QualityIngest.GraphQL.Tests.Library;

/// <summary>The library's rows, asked as a tenant's requests are: by a role that owns nothing, behind row-level security.</summary>
public sealed class LibraryDatabase : IAsyncLifetime
{
    private readonly TestDatabase _database = new();

    /// <summary>The engine that the tests share.</summary>
    public GraphQLEngine Engine { get; } = new(LibraryCatalogue.Declare(), new GraphQLOptions());

    /// <summary>The owner's connection string.</summary>
    public string ConnectionString => _database.ConnectionString;

    /// <summary>Sessions on the library's database.</summary>
    public Postgres Postgres => _database.Postgres;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        await _database.InitializeAsync();
        if (TestPostgres.Missing is not null)
            return;
        await using var command = _database.Source.CreateCommand(Statement.File<LibraryDatabase>("Library/Library.sql").Text);
        await command.ExecuteNonQueryAsync();
    }

    /// <inheritdoc/>
    public Task DisposeAsync() => _database.DisposeAsync();

    /// <summary>The whole response, white space apart.</summary>
    public async Task<string> Ask(string query, object? variables = null, string? operation = null, string tenant = "acme", GraphQLEngine? engine = null)
    {
        engine ??= Engine;
        var prepared = engine.Prepare(new(query, operation, variables is null ? null : Variables(variables)));
        if (!prepared.Succeeded)
            return Errors(prepared.Errors);
        await using var session = await Postgres.Tenant(tenant, default);
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        var error = await engine.Execute(prepared.Query, session.Transaction, pipe.Writer, default);
        if (error is not null)
            return Errors([error]);
        await pipe.Writer.CompleteAsync();
        using var response = await JsonDocument.ParseAsync(pipe.Reader.AsStream());
        return Compact(response.RootElement);
    }

    /// <summary>What stands under <c>data</c>; fails where there are errors.</summary>
    public async Task<string> Data(string query, object? variables = null, string tenant = "acme")
    {
        var response = await Ask(query, variables, tenant: tenant);
        Assert.StartsWith("{\"data\":", response, StringComparison.Ordinal);
        return response["{\"data\":".Length..^1];
    }

    /// <summary>Variables of a request: JSON text as it is, anything else as JSON.</summary>
    public static JsonElement Variables(object variables) =>
        variables is string json ? JsonDocument.Parse(json).RootElement : JsonSerializer.SerializeToElement(variables);

    private static string Errors(IReadOnlyList<GraphQLError> errors) =>
        string.Join("; ", errors.Select(e => $"{e.Code}{(e.Limit is { } limit ? $" {limit.Name} {limit.Bound} < {limit.Found}" : "")}: {e.Message}"));

    private static string Compact(JsonElement json)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            json.WriteTo(writer);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray()).Replace("\\uD83D\\uDE00", "😀", StringComparison.Ordinal); // the writer escapes it, the database does not
    }
}
