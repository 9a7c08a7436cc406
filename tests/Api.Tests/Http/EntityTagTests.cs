using System.Net;
using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Http;

public sealed class EntityTagTests(ApiHost host) : IClassFixture<ApiHost>
{
    [SkippableFact]
    public async Task A_change_without_a_version_is_refused()
    {
        var (tenant, queue) = await Given();
        using var http = host.Http(tenant.Secret);
        using var response = await http.DeleteAsync($"v1/queues/{queue.Id}");
        Assert.Equal(HttpStatusCode.PreconditionRequired, response.StatusCode);
    }

    [SkippableFact]
    public async Task A_change_of_a_version_that_is_gone_is_refused()
    {
        var (tenant, queue) = await Given();
        await tenant.Client.ReplaceQueueAsync(queue.Id, QualityIngestClient.ETag(1), new QueueInput { Name = "First" });

        await Answer.Refused(412, "stale_version", () =>
            tenant.Client.ReplaceQueueAsync(queue.Id, QualityIngestClient.ETag(1), new QueueInput { Name = "Second" }));
        await Answer.Refused(412, "stale_version", () => tenant.Client.DeleteQueueAsync(queue.Id, QualityIngestClient.ETag(1)));
        Assert.Equal("First", (await tenant.Client.GetQueueAsync(queue.Id)).Name);
    }

    [SkippableFact]
    public async Task Whatever_the_version_is_now_can_be_meant()
    {
        var (tenant, queue) = await Given();
        Assert.Equal(2, (await tenant.Client.ReplaceQueueAsync(queue.Id, "*", new QueueInput { Name = "Any" })).Version);
    }

    [SkippableTheory]
    [InlineData("1")]
    [InlineData("W/\"1\"")]
    [InlineData("\"one\"")]
    public async Task What_is_no_ETag_of_this_server_is_refused(string etag)
    {
        var (tenant, queue) = await Given();
        await Answer.Refused(400, "invalid_if_match", () => tenant.Client.DeleteQueueAsync(queue.Id, etag));
    }

    [SkippableFact]
    public async Task A_caller_who_has_the_version_already_gets_no_body()
    {
        var (tenant, queue) = await Given();
        using var http = host.Http(tenant.Secret);
        using var first = await http.GetAsync($"v1/queues/{queue.Id}");
        Assert.Equal("\"1\"", first.Headers.ETag?.ToString());

        http.DefaultRequestHeaders.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await http.GetAsync($"v1/queues/{queue.Id}");
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync());

        await tenant.Client.ReplaceQueueAsync(queue.Id, "*", new QueueInput { Name = "New" });
        using var third = await http.GetAsync($"v1/queues/{queue.Id}");
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
    }

    [SkippableFact]
    public async Task A_creation_answers_with_the_address_and_version_of_what_was_made()
    {
        var tenant = await host.NewTenant();
        using var http = host.Http(tenant.Secret);
        using var response = await http.PostAsync("v1/queues", new StringContent("""{"name":"x"}""", null, "application/json"));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("\"1\"", response.Headers.ETag?.ToString());
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(response.Headers.Location)).StatusCode);
    }

    private async Task<(TestTenant Tenant, Queue Queue)> Given()
    {
        var tenant = await host.NewTenant();
        return (tenant, await tenant.Client.CreateQueueAsync(new QueueInput { Name = "Sales" }));
    }
}
