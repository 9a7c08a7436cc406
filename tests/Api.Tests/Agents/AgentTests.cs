using QualityIngest.Client;
using QualityIngest.Database;

namespace QualityIngest.Api.Tests.Agents;

public sealed class AgentTests(AgentHost host) : IClassFixture<AgentHost>
{
    [SkippableFact]
    public async Task An_agent_is_created_found_changed_and_deleted()
    {
        var client = (await host.NewTenant()).Client;

        var created = await client.CreateAgentAsync(new AgentInput { Name = "Ada", Email = " Ada@Example.COM ", ExternalId = "a-1" });
        Assert.Equal(("ada@example.com", "a-1", 1L), (created.Email, created.ExternalId, created.Version));
        Assert.Equal([created], (await client.ListAgentsAsync(email: "ADA@example.com")).Items);
        Assert.Equal([created], (await client.ListAgentsAsync(externalId: "a-1")).Items);
        Assert.Empty((await client.ListAgentsAsync(externalId: "a-2")).Items);

        var changed = await client.ReplaceAgentAsync(created.Id, QualityIngestClient.ETag(1), new AgentInput { Name = "Ada L.", ExternalId = "a-1" });
        Assert.Equal(("Ada L.", null, 2L), (changed.Name, changed.Email, changed.Version));
        Assert.Equal(changed, await client.GetAgentAsync(created.Id));

        await client.DeleteAgentAsync(created.Id, QualityIngestClient.ETag(2));
        await Answer.Refused(404, "not_found", () => client.GetAgentAsync(created.Id));
    }

    [SkippableFact]
    public async Task An_agent_needs_an_email_or_an_external_id()
    {
        var client = (await host.NewTenant()).Client;
        var problem = await Answer.Refused(422, "invalid", () => client.CreateAgentAsync(new AgentInput { Name = "Ada" }));
        Assert.Equal("#/email", problem.Errors.Single().Pointer);
    }

    [SkippableTheory]
    [InlineData("ada")]
    [InlineData("ada@")]
    [InlineData("ada@example..com")]
    [InlineData("a da@example.com")]
    public async Task What_is_no_email_is_refused(string email)
    {
        var client = (await host.NewTenant()).Client;
        var problem = await Answer.Refused(422, "invalid", () => client.CreateAgentAsync(new AgentInput { Name = "Ada", Email = email }));
        Assert.Equal("invalid_email", problem.Errors.Single().Code);
    }

    [SkippableFact]
    public async Task Two_agents_of_a_tenant_cannot_share_an_email_or_an_external_id()
    {
        var client = (await host.NewTenant()).Client;
        await client.CreateAgentAsync(new AgentInput { Name = "Ada", Email = "ada@example.com", ExternalId = "1" });
        var bob = await client.CreateAgentAsync(new AgentInput { Name = "Bob", ExternalId = "2" });

        await Answer.Refused(409, "agent_email_taken", () => client.CreateAgentAsync(new AgentInput { Name = "Eve", Email = "ADA@example.com" }));
        await Answer.Refused(409, "agent_external_id_taken", () =>
            client.ReplaceAgentAsync(bob.Id, "*", new AgentInput { Name = "Bob", ExternalId = "1" }));
        Assert.Equal(bob, await client.GetAgentAsync(bob.Id));
    }

    [SkippableFact]
    public async Task Another_tenants_agent_is_not_found()
    {
        var (one, other) = ((await host.NewTenant()).Client, (await host.NewTenant()).Client);
        var agent = await one.CreateAgentAsync(new AgentInput { Name = "Ada", ExternalId = "1" });

        await Answer.Refused(404, "not_found", () => other.GetAgentAsync(agent.Id));
        await Answer.Refused(404, "not_found", () => other.ReplaceAgentAsync(agent.Id, "*", new AgentInput { Name = "Mine", ExternalId = "1" }));
        await Answer.Refused(404, "not_found", () => other.DeleteAgentAsync(agent.Id, "*"));
        Assert.Equal(agent, await one.GetAgentAsync(agent.Id));
    }

    [SkippableFact]
    public async Task Every_change_is_told_with_a_new_version_of_the_directory()
    {
        var tenant = await host.NewTenant();
        var agent = await tenant.Client.CreateAgentAsync(new AgentInput { Name = "Ada", ExternalId = "1" });
        await tenant.Client.ReplaceAgentAsync(agent.Id, "*", new AgentInput { Name = "Ada L.", ExternalId = "1" });
        await tenant.Client.DeleteAgentAsync(agent.Id, "*");

        Assert.Equal([2L, 3L, 4L], host.Told(tenant.Id));
    }

    [SkippableFact]
    public async Task A_change_that_does_not_happen_is_not_told()
    {
        var tenant = await host.NewTenant();
        await Answer.Refused(404, "not_found", () => tenant.Client.DeleteAgentAsync(Guid.NewGuid(), "*"));
        Assert.Empty(host.Told(tenant.Id));
    }

    [SkippableFact]
    public async Task A_change_waits_for_a_batch_that_decides_by_the_directory()
    {
        var tenant = await host.NewTenant();
        await using var batch = await host.Database.Postgres.Pipeline(tenant.Id, CancellationToken.None);
        await batch.Scalar<long>(
            new Statement("select version from agent_directories where tenant_id = $1 for share", tenant.Id), CancellationToken.None);

        var change = tenant.Client.CreateAgentAsync(new AgentInput { Name = "Ada", ExternalId = "1" });
        await Eventually.Holds(host.SomeoneWaitsForALock);
        Assert.False(change.IsCompleted);

        await batch.Commit(CancellationToken.None);
        Assert.Equal("Ada", (await change).Name);
    }
}
