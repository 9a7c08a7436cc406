using System.Net.Http.Json;
using QualityIngest.Api.Tests.Ingest;

namespace QualityIngest.Api.Tests.GraphQL;

public sealed class LeavingTests(LeavingTests.Host host) : IClassFixture<LeavingTests.Host>
{
    [SkippableFact]
    public async Task A_client_that_leaves_takes_its_statement_along()
    {
        var tenant = await host.NewTenant(GraphQLHost.Everything);
        using var client = host.Http(tenant.Secret);
        await using var locked = await LockedQueues.Take(host.Database);
        using var leaving = new CancellationTokenSource();

        var asking = client.PostAsJsonAsync("graphql", new { query = "{ queues { nodes { id name } } }" }, leaving.Token);
        await Arranged.Until(async () => await LockedQueues.Waiting(host.Database) == 1);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);

        await Arranged.Until(async () => await LockedQueues.Waiting(host.Database) == 0);
    }

    /// <summary>The API with more time for a query than any test has.</summary>
    public sealed class Host : ApiHost
    {
        /// <inheritdoc/>
        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?> { ["GraphQL:Limits:StatementTimeout"] = "00:10:00" };
    }
}
