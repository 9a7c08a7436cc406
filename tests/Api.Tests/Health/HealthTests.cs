using System.Net;
using QualityIngest.Database;

namespace QualityIngest.Api.Tests.Health;

public sealed class HealthTests(ApiHost host) : IClassFixture<ApiHost>
{
    [SkippableFact]
    public async Task A_node_without_its_schema_lives_but_is_not_ready()
    {
        using var http = host.Http();
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await Status(http, "live"), await Status(http, "ready")));

        await Execute("alter table schema_migrations rename to schema_migrations_away");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable), (await Status(http, "live"), await Status(http, "ready")));

        await Execute("alter table schema_migrations_away rename to schema_migrations");
        Assert.Equal(HttpStatusCode.OK, await Status(http, "ready"));
    }

    private static async Task<HttpStatusCode> Status(HttpClient http, string check)
    {
        using var response = await http.GetAsync($"health/{check}");
        return response.StatusCode;
    }

    private async Task Execute(string sql)
    {
        await using var session = await host.Database.Postgres.System(CancellationToken.None);
        await session.Execute(new Statement(sql), CancellationToken.None);
        await session.Commit(CancellationToken.None);
    }
}
