using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace QualityIngest.Api.Tests.GraphQL;

/// <summary>What ends a query that runs: its time, and its size.</summary>
public sealed class RunningTests(RunningTests.Host host) : IClassFixture<RunningTests.Host>
{
    private const string Asked = "{ queues { nodes { id name } } }";

    [SkippableFact]
    public async Task A_statement_that_runs_too_long_is_ended_and_the_limit_named()
    {
        var tenant = await host.NewTenant(GraphQLHost.Everything);
        using var client = host.Http(tenant.Secret);
        await using var locked = await LockedQueues.Take(host.Database);

        var (status, error) = await Refused(client);

        Assert.Equal((HttpStatusCode.BadRequest, "LIMIT_EXCEEDED"), (status, error.GetProperty("extensions").GetProperty("code").GetString()));
        var limit = error.GetProperty("extensions").GetProperty("limit");
        Assert.Equal(("statementTimeout", 1_000), (limit.GetProperty("name").GetString(), limit.GetProperty("bound").GetInt64()));
    }

    [SkippableFact]
    public async Task An_answer_of_too_many_bytes_is_refused_whole()
    {
        var tenant = await host.NewTenant();
        for (var n = 0; n < 20; n++)
            await tenant.Client.CreateQueueAsync(new() { Name = $"{n:00} {new string('x', 150)}" });
        using var client = host.Http(tenant.Secret);

        var (status, error) = await Refused(client);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        var limit = error.GetProperty("extensions").GetProperty("limit");
        Assert.Equal(("responseBytes", 2_000), (limit.GetProperty("name").GetString(), limit.GetProperty("bound").GetInt64()));
        Assert.True(limit.GetProperty("found").GetInt64() > 3_000);
    }

    private static async Task<(HttpStatusCode, JsonElement)> Refused(HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "graphql") { Content = JsonContent.Create(new { query = Asked }) };
        request.Headers.Accept.ParseAdd("application/graphql-response+json");
        using var answer = await client.SendAsync(request);
        return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors")[0]);
    }

    /// <summary>The API with a second for each query and 2,000 bytes for each answer.</summary>
    public sealed class Host : ApiHost
    {
        /// <inheritdoc/>
        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
        {
            ["GraphQL:Limits:StatementTimeout"] = "00:00:01",
            ["GraphQL:Limits:ResponseBytes"] = "2000",
        };
    }
}
