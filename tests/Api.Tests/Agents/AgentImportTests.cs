using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Agents;

public sealed class AgentImportTests(AgentHost host) : IClassFixture<AgentHost>
{
    [SkippableFact]
    public async Task Rows_become_the_agents_that_they_are_about()
    {
        var tenant = await host.NewTenant();
        var ada = await tenant.Client.CreateAgentAsync(new AgentInput { Name = "Ada", Email = "ada@example.com" });
        var bob = await tenant.Client.CreateAgentAsync(new AgentInput { Name = "Bob", ExternalId = "b-2" });
        var eve = await tenant.Client.CreateAgentAsync(new AgentInput { Name = "Eve", Email = "eve@example.com", ExternalId = "e-3" });

        var report = await Import(
            tenant,
            """
            Name,EMAIL,externalId
            Ada Lovelace,ADA@example.com,a-1
            Bob,bob@example.com,b-2
            Eve,eve@example.com,
            "Dan, the new one",,d-4
            """);

        Assert.Equal((4, 1, 2, 1, 0), (report.Rows, report.Created, report.Updated, report.Unchanged, report.Refused));
        var (newAda, newBob) = (await tenant.Client.GetAgentAsync(ada.Id), await tenant.Client.GetAgentAsync(bob.Id));
        Assert.Equal(("Ada Lovelace", "ada@example.com", "a-1", 2L), (newAda.Name, newAda.Email, newAda.ExternalId, newAda.Version));
        Assert.Equal(("Bob", "bob@example.com", "b-2", 2L), (newBob.Name, newBob.Email, newBob.ExternalId, newBob.Version));
        Assert.Equal(eve, await tenant.Client.GetAgentAsync(eve.Id));
        Assert.Equal("Dan, the new one", (await tenant.Client.ListAgentsAsync(externalId: "d-4")).Items.Single().Name);
    }

    [SkippableFact]
    public async Task Faulty_rows_are_reported_by_line_and_the_others_are_taken()
    {
        var tenant = await host.NewTenant();
        await tenant.Client.CreateAgentAsync(new AgentInput { Name = "Ada", Email = "ada@example.com" });
        await tenant.Client.CreateAgentAsync(new AgentInput { Name = "Bob", ExternalId = "b-2" });

        var report = await Import(
            tenant,
            """
            name,email,externalId
            ,no-name@example.com,
            Nobody,,
            Crooked,not an address,
            "Two
            lines",lines@example.com,
            Both,ada@example.com,b-2
            Fine,fine@example.com,
            Short,short@example.com
            New,new@example.com,n-1
            New again,other@example.com,n-1
            Fine again,FINE@example.com,
            """);

        Assert.Equal(
            [
                (2L, "name", "required"), (3L, "email", "required"), (4L, "email", "invalid_email"), (5L, "name", "control_character"),
                (7L, null, "ambiguous_agent"), (9L, null, "field_count"), (11L, "externalId", "duplicate_in_file"), (12L, "email", "duplicate_in_file"),
            ],
            report.Errors.Select(error => (error.Line, error.Field, error.Code)));
        Assert.Equal((10, 2, 0, 0, 8), (report.Rows, report.Created, report.Updated, report.Unchanged, report.Refused));
    }

    [SkippableFact]
    public async Task Two_rows_about_one_agent_are_one_too_many()
    {
        var tenant = await host.NewTenant();
        await tenant.Client.CreateAgentAsync(new AgentInput { Name = "Ada", Email = "ada@example.com", ExternalId = "a-1" });

        var report = await Import(tenant, "name,email,externalId\nAda,ada@example.com,a-9\nAda,,a-1\n");

        Assert.Equal((1, 1), (report.Updated, report.Refused));
        Assert.Equal((3L, "duplicate_in_file"), (report.Errors.Single().Line, report.Errors.Single().Code));
    }

    [SkippableFact]
    public async Task Importing_the_same_file_again_changes_and_tells_nothing()
    {
        var tenant = await host.NewTenant();
        const string file = "name,externalId\nAda,1\nBob,2\n";
        await Import(tenant, file);
        var again = await Import(tenant, file);

        Assert.Equal((0, 0, 2), (again.Created, again.Updated, again.Unchanged));
        Assert.Single(host.Told(tenant.Id));
        Assert.Single((await host.Admin.ListAuditAsync(tenant.Id)).Items, entry => entry.Action == "agent.imported");
    }

    [SkippableFact]
    public async Task Ten_thousand_agents_are_one_import()
    {
        var tenant = await host.NewTenant();
        var file = new StringBuilder("name,email,externalId\n");
        for (var i = 0; i < 10_000; i++)
            file.Append("Agent ").Append(i).Append(",agent").Append(i).Append("@example.com,").Append(i).Append('\n');

        Assert.Equal(10_000, (await Import(tenant, file.ToString())).Created);
    }

    [SkippableTheory]
    [InlineData("", "empty_file")]
    [InlineData("name,email,phone\n", "unknown_column")]
    [InlineData("name,email,EMAIL\n", "duplicate_column")]
    [InlineData("email,externalId\n", "missing_column")]
    [InlineData("name\n", "missing_column")]
    public async Task A_file_that_is_no_list_of_agents_is_refused_as_a_whole(string file, string code)
    {
        var tenant = await host.NewTenant();
        await Answer.Refused(422, code, () => Import(tenant, file));
    }

    [SkippableFact]
    public async Task Invalid_UTF8_is_the_rows_fault_alone()
    {
        var tenant = await host.NewTenant();
        byte[] file = [.. "name,externalId\nAda,1\nB"u8, 0xFF, .. ",2\nEve,3\n"u8];
        var report = await tenant.Client.ImportAgentsAsync(new MemoryStream(file));

        Assert.Equal((2, 1), (report.Created, report.Refused));
        Assert.Equal((3L, "invalid_utf8"), (report.Errors.Single().Line, report.Errors.Single().Code));
    }

    [SkippableFact]
    public async Task An_import_may_be_larger_than_other_bodies_but_not_without_bounds()
    {
        var tenant = await host.NewTenant();
        using var http = host.Http(tenant.Secret);
        http.DefaultRequestHeaders.ExpectContinue = true;
        Assert.Equal(HttpStatusCode.OK, (await Post(2 * 1_048_576)).StatusCode);

        using var refused = await Post(17 * 1_048_576);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
        Assert.Equal("body_too_large", (await refused.Content.ReadFromJsonAsync<Problem>())!.Code);

        Task<HttpResponseMessage> Post(int blankLines)
        {
            var content = new StringContent("name,externalId\n" + new string('\n', blankLines));
            content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
            return http.PostAsync("v1/agents/import", content);
        }
    }

    private static Task<AgentImportReport> Import(TestTenant tenant, string file) =>
        tenant.Client.ImportAgentsAsync(new MemoryStream(Encoding.UTF8.GetBytes(file)));
}
