using System.Net.Http.Json;
using System.Text.Json;
using QualityIngest.Database;

namespace QualityIngest.Api.Tests.GraphQL;

/// <summary>The tests over the rows of one host.</summary>
[CollectionDefinition(nameof(GraphQLHost))]
public sealed class GraphQLTests : ICollectionFixture<GraphQLHost>;

/// <summary>The API over rows of four tenants, <c>plan-1</c> to <c>plan-4</c>, doing no work of its own.</summary>
public sealed class GraphQLHost : ApiHost
{
    /// <summary>The scopes that all of the schema takes.</summary>
    public static readonly string[] Everything = ["connectors:read", "conversations:read", "transcripts:read"];

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Ingest:Enabled"] = "false",
        ["Scheduling:Enabled"] = "false",
    };

    /// <inheritdoc/>
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        if (TestKit.TestPostgres.Missing is not null)
            return;
        foreach (var file in new[] { "Architecture/PlanRows.sql", "GraphQL/Rows.sql" })
            await Execute(Statement.File(typeof(GraphQLHost).Assembly, file).Text);
        await Execute("analyze");
    }

    /// <summary>A client of a tenant that shows a key with these scopes; none: all that the schema takes.</summary>
    public async Task<HttpClient> Of(string tenant, params string[] scopes) =>
        Http((await NewKey(tenant, scopes.Length == 0 ? Everything : scopes)).Secret);

    /// <summary>The whole response to a query.</summary>
    public static async Task<JsonElement> Ask(HttpClient client, string query, object? variables = null)
    {
        using var answer = await client.PostAsJsonAsync("graphql", new { query, variables });
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>The data of a response that has no errors.</summary>
    public static async Task<JsonElement> Data(HttpClient client, string query, object? variables = null)
    {
        var response = await Ask(client, query, variables);
        return response.TryGetProperty("data", out var data) ? data : throw new InvalidOperationException($"{query}: {response}");
    }

    private async Task Execute(string sql)
    {
        await using var command = Database.Source.CreateCommand(sql);
        command.CommandTimeout = 120;
        await command.ExecuteNonQueryAsync();
    }
}
