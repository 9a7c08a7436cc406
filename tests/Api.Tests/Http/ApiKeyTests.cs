using System.Net;
using System.Net.Http.Json;
using QualityIngest.Client;
using QualityIngest.Database;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Api.Tests.Http;

public sealed class ApiKeyTests(ApiHost host) : IClassFixture<ApiHost>
{
    [SkippableFact]
    public async Task A_call_without_a_key_is_told_how_to_send_one()
    {
        using var http = host.Http();
        using var response = await http.GetAsync("v1/queues");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("missing_key", (await response.Content.ReadFromJsonAsync<Problem>())!.Code);
    }

    [SkippableTheory]
    [InlineData("nonsense")]
    [InlineData("qi_000000000000000000000000000000000000")]
    [InlineData("an-administrator-key-of-the-tests-9876543210")]
    public async Task A_wrong_key_is_refused(string key) =>
        await Answer.Refused(401, "invalid_key", () => host.Client(key).ListQueuesAsync());

    [SkippableFact]
    public async Task A_well_formed_key_that_nobody_issued_is_refused() =>
        await Answer.Refused(401, "invalid_key", () => host.Client(ApiKeySecret.Generate()).ListQueuesAsync());

    [SkippableFact]
    public async Task A_revoked_key_ends_with_the_next_request()
    {
        var tenant = await host.NewTenant();
        var key = await host.NewKey(tenant.Id, Scopes.ConnectorsRead);
        await host.Client(key.Secret).ListQueuesAsync();

        var revoked = await host.Admin.RevokeApiKeyAsync(key.Key.Id);
        Assert.NotNull(revoked.RevokedAt);
        await Answer.Refused(401, "revoked_key", () => host.Client(key.Secret).ListQueuesAsync());
        Assert.Equal(revoked.RevokedAt, (await host.Admin.RevokeApiKeyAsync(key.Key.Id)).RevokedAt);
    }

    [SkippableFact]
    public async Task An_expired_key_is_refused()
    {
        var tenant = await host.NewTenant();
        var key = await host.NewKey(tenant.Id, Scopes.ConnectorsRead);
        await using (var session = await host.Database.Postgres.System(CancellationToken.None))
        {
            await session.Execute(new Statement("update api_keys set expires_at = now() where id = $1", key.Key.Id), CancellationToken.None);
            await session.Commit(CancellationToken.None);
        }

        await Answer.Refused(401, "expired_key", () => host.Client(key.Secret).ListQueuesAsync());
    }

    [SkippableFact]
    public async Task A_key_does_only_what_its_scopes_allow()
    {
        var reader = (await host.NewTenant(Scopes.ConnectorsRead)).Client;

        await reader.ListQueuesAsync();
        var problem = await Answer.Refused(403, "insufficient_scope", () => reader.CreateQueueAsync(new QueueInput { Name = "Sales" }));
        Assert.Contains("connectors:write", problem.Detail, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Tenants_do_not_administer_and_administrators_see_no_tenant()
    {
        var tenant = await host.NewTenant();

        await Answer.Refused(403, "insufficient_scope", () => tenant.Client.ListTenantsAsync());
        await Answer.Refused(403, "insufficient_scope", () => host.Admin.ListQueuesAsync());
    }

    [SkippableFact]
    public async Task A_key_may_also_come_in_a_header_of_its_own()
    {
        var tenant = await host.NewTenant();
        using var http = host.Http();
        http.DefaultRequestHeaders.Add("X-API-Key", tenant.Secret);

        using var response = await http.GetAsync("v1/queues");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [SkippableFact]
    public async Task The_last_use_of_a_key_is_written_down()
    {
        var tenant = await host.NewTenant();
        Assert.Null((await host.Admin.ListApiKeysAsync(tenant.Id)).Items.Single().LastUsedAt);

        await tenant.Client.ListQueuesAsync();
        await Eventually.Holds(async () => (await host.Admin.ListApiKeysAsync(tenant.Id)).Items.Single().LastUsedAt is not null);
    }

    [SkippableFact]
    public async Task Only_the_hash_of_a_secret_is_kept()
    {
        var tenant = await host.NewTenant();

        await using var session = await host.Database.Postgres.System(CancellationToken.None);
        var found = await session.Scalar<long>(
            new Statement(
                """
                select (select count(*) from api_keys k where k::text like '%' || $1 || '%')
                     + (select count(*) from audit a where a::text like '%' || $1 || '%')
                """,
                tenant.Secret),
            CancellationToken.None);
        Assert.Equal(0, found);
    }
}
