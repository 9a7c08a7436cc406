using System.Net.Http.Json;
using System.Text.Json;
using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Admin;

public sealed class AdminTests(ApiHost host) : IClassFixture<ApiHost>
{
    [SkippableFact]
    public async Task A_tenant_is_created_read_and_listed()
    {
        var created = await host.Admin.CreateTenantAsync(new NewTenant { Id = "acme-1", Name = "Acme" });
        Assert.Equal(32, created.ExternalId.Length);
        Assert.Equal(created, await host.Admin.GetTenantAsync("acme-1"));
        Assert.Contains(created, (await host.Admin.ListTenantsAsync(limit: 100)).Items);

        await Answer.Refused(409, "tenant_exists", () => host.Admin.CreateTenantAsync(new NewTenant { Id = "acme-1", Name = "Other" }));
        await Answer.Refused(404, "not_found", () => host.Admin.GetTenantAsync("nobody"));
    }

    [SkippableFact]
    public async Task A_keys_secret_is_shown_once()
    {
        var tenant = await host.NewTenant();
        var issued = await host.NewKey(tenant.Id, "connectors:write", "connectors:read");

        Assert.Matches("^qi_[0-9A-Za-z]{36}$", issued.Secret);
        var listed = (await host.Admin.ListApiKeysAsync(tenant.Id)).Items.Single(key => key.Id == issued.Key.Id);
        Assert.Equal(issued.Secret[..7] + "…", listed.Hint);
        Assert.Equal(["connectors:read", "connectors:write"], listed.Scopes);
    }

    [SkippableFact]
    public async Task A_keys_place_is_told_and_shows_it_without_its_secret()
    {
        var tenant = await host.NewTenant();
        using var http = host.Http(ApiHost.AdminKey);
        using var created = await http.PostAsJsonAsync("v1/admin/keys", new { name = "Told", tenant = tenant.Id, scopes = new[] { "connectors:read" } });
        var secret = (await created.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("secret").GetString()!;

        var shown = await http.GetStringAsync(created.Headers.Location);

        Assert.DoesNotContain(secret, shown, StringComparison.Ordinal);
        var key = (await host.Admin.ListApiKeysAsync(tenant.Id)).Items.Single(key => key.Name == "Told");
        Assert.Equal($"/v1/admin/keys/{key.Id}", created.Headers.Location!.OriginalString);
        Assert.Equivalent(key, await host.Admin.GetApiKeyAsync(key.Id), strict: true);
        await Answer.Refused(404, "not_found", () => host.Admin.GetApiKeyAsync(Guid.NewGuid()));
    }

    [SkippableFact]
    public async Task A_key_that_makes_no_sense_is_refused_field_by_field()
    {
        var problem = await Answer.Refused(422, "invalid", () => host.Admin.CreateApiKeyAsync(new NewApiKey
        {
            Name = "",
            Tenant = "anyone",
            Scopes = ["connectors:read", "admin:read", "everything"],
            ExpiresAt = DateTimeOffset.UtcNow.AddDays(-1),
        }));
        Assert.Equal(["#/name", "#/scopes/1", "#/scopes/2", "#/expiresAt"], problem.Errors.Select(error => error.Pointer));

        var nobody = await Answer.Refused(422, "invalid", () => host.NewKey("nobody", "connectors:read"));
        Assert.Equal("no_such_tenant", nobody.Errors.Single().Code);
    }

    [SkippableFact]
    public async Task Administrators_make_keys_for_administrators()
    {
        var key = await host.Admin.CreateApiKeyAsync(new NewApiKey { Name = "Reader", Scopes = ["admin:read"] });
        var reader = host.Client(key.Secret);

        Assert.Null(key.Key.Tenant);
        await reader.ListTenantsAsync();
        await Answer.Refused(403, "insufficient_scope", () => reader.CreateTenantAsync(new NewTenant { Id = "x", Name = "X" }));
    }

    [SkippableFact]
    public async Task A_bucket_is_granted_and_taken_back()
    {
        var tenant = await host.NewTenant();
        var granted = await host.Admin.GrantBucketAsync(tenant.Id, new NewServiceGrant { Bucket = "calls" });
        Assert.Equal(granted, await host.Admin.GrantBucketAsync(tenant.Id, new NewServiceGrant { Bucket = "calls" }));
        Assert.Equal([granted], await host.Admin.ListServiceGrantsAsync(tenant.Id));

        await host.Admin.RevokeBucketAsync(tenant.Id, "calls");
        Assert.Empty(await host.Admin.ListServiceGrantsAsync(tenant.Id));
        await Answer.Refused(404, "not_found", () => host.Admin.RevokeBucketAsync(tenant.Id, "calls"));
        await Answer.Refused(404, "not_found", () => host.Admin.GrantBucketAsync("nobody", new NewServiceGrant { Bucket = "calls" }));
        await Answer.Refused(422, "invalid", () => host.Admin.GrantBucketAsync(tenant.Id, new NewServiceGrant { Bucket = "s3://calls" }));
    }

    [SkippableFact]
    public async Task Every_change_of_configuration_is_in_the_audit_trail_with_who_made_it()
    {
        var tenant = await host.NewTenant();
        var key = (await host.Admin.ListApiKeysAsync(tenant.Id)).Items.Single();
        var queue = await tenant.Client.CreateQueueAsync(new QueueInput { Name = "Sales" });
        await tenant.Client.ReplaceQueueAsync(queue.Id, "*", new QueueInput { Name = "Verkauf" });
        await tenant.Client.DeleteQueueAsync(queue.Id, "*");
        var agent = await tenant.Client.CreateAgentAsync(new AgentInput { Name = "Ada", ExternalId = "1" });
        await tenant.Client.DeleteAgentAsync(agent.Id, "*");
        await host.Admin.RevokeApiKeyAsync(key.Id);

        var entries = (await host.Admin.ListAuditAsync(tenant.Id)).Items;
        var (admin, self) = ("key:configuration", $"key:{key.Id}");
        Assert.Equal(
            [
                ("api_key.revoked", admin), ("agent.deleted", self), ("agent.created", self), ("queue.deleted", self), ("queue.replaced", self),
                ("queue.created", self), ("api_key.created", admin), ("tenant.created", admin),
            ],
            entries.Select(entry => (entry.Action, entry.Actor)));
        Assert.Equal(("queue", queue.Id.ToString()), (entries[5].ResourceType, entries[5].ResourceId));
        Assert.Equal("Sales", JsonSerializer.SerializeToElement(entries[5].Detail).GetProperty("name").GetString());
    }

    [SkippableFact]
    public async Task The_audit_trail_pages_from_the_latest_to_the_first()
    {
        var tenant = await host.NewTenant();
        for (var i = 0; i < 3; i++)
            await tenant.Client.CreateQueueAsync(new QueueInput { Name = $"Queue {i}" });

        var first = await host.Admin.ListAuditAsync(tenant.Id, limit: 3);
        var last = await host.Admin.ListAuditAsync(tenant.Id, limit: 3, cursor: first.NextCursor);
        Assert.Equal(
            ["queue.created", "queue.created", "queue.created", "api_key.created", "tenant.created"],
            first.Items.Concat(last.Items).Select(entry => entry.Action));
        Assert.Null(last.NextCursor);
    }
}
