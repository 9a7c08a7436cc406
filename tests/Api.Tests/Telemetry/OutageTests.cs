using System.Net;
using QualityIngest.Database;
using QualityIngest.TestKit;

namespace QualityIngest.Api.Tests.Telemetry;

/// <summary>What is told of a node whose database is gone.</summary>
public sealed class OutageTests(OutageTests.Site site) : IClassFixture<OutageTests.Site>
{
    private static readonly string[] OfTheDatabase = ["qualityingest_work_items", "qualityingest_feed_behind", "qualityingest_connectors"];

    [SkippableFact]
    public async Task The_page_of_metrics_says_that_the_database_is_gone_and_that_it_is_back()
    {
        var host = site.HostOrSkip();
        using var configured = host.Http(ApiHost.AdminKey);
        using var issued = host.Http((await host.Admin.CreateApiKeyAsync(new() { Name = "Prometheus", Scopes = ["admin:read"] })).Secret);
        var before = await Page(configured);
        Assert.Contains("qualityingest_database_up 1\n", before, StringComparison.Ordinal);
        Assert.All(OfTheDatabase, name => Assert.Contains($"# TYPE {name} ", before, StringComparison.Ordinal));

        // The tests' servers write late: what a crash must not take has to be on disk first.
        await using (var kept = host.Database.Source.CreateCommand("checkpoint"))
            await kept.ExecuteNonQueryAsync();
        await site.Server.Crash();

        var during = "";
        await Eventually.Holds(async () => (during = await Page(configured)).Contains("qualityingest_database_up 0\n", StringComparison.Ordinal));
        Assert.All(OfTheDatabase, name => Assert.DoesNotContain(name, during, StringComparison.Ordinal));
        Assert.Contains("# TYPE process_", during, StringComparison.Ordinal);
        using (var refused = await issued.GetAsync("metrics"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
        }

        await site.Server.Launch();
        host.Database.Source.Clear();

        await Eventually.Holds(async () => (await Page(configured)).Contains("qualityingest_database_up 1\n", StringComparison.Ordinal), TimeSpan.FromMinutes(1));
        await Eventually.Holds(async () => (await issued.GetAsync("metrics")).StatusCode == HttpStatusCode.OK, TimeSpan.FromMinutes(1));
    }

    private static async Task<string> Page(HttpClient http)
    {
        using var answer = await http.GetAsync("metrics");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>A host on a server of its own.</summary>
    public sealed class Site : IAsyncLifetime
    {
        private TestPostgres? _server;
        private ApiHost? _host;

        /// <summary>The server.</summary>
        public TestPostgres Server => _server!;

        /// <summary>The host; skips the test where there is no PostgreSQL.</summary>
        public ApiHost HostOrSkip()
        {
            if (_host is null)
                TestDatabase.RequireServer(PostgresBinaries.HowToInstall);
            return _host!;
        }

        /// <inheritdoc/>
        public async Task InitializeAsync()
        {
            if (PostgresBinaries.Find() is null)
                return;
            _server = await TestPostgres.Start();
            _host = new MetricsTests.Watched { On = await TestDatabase.On(_server) };
            await _host.InitializeAsync();
        }

        /// <inheritdoc/>
        public async Task DisposeAsync()
        {
            if (_host is not null)
            {
                await _host.DisposeAsync();
                await _host.Database.DisposeAsync();
            }

            if (_server is not null)
                await _server.DisposeAsync();
        }
    }
}
