using System.Net;
using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Http;

public sealed class PagingTests(ApiHost host) : IClassFixture<ApiHost>
{
    [SkippableFact]
    public async Task Pages_neither_repeat_nor_miss_when_items_are_added_meanwhile()
    {
        var client = (await host.NewTenant()).Client;
        var before = new List<Guid>();
        for (var i = 0; i < 7; i++)
            before.Add((await client.CreateQueueAsync(new QueueInput { Name = $"Queue {i}" })).Id);

        var seen = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = await client.ListQueuesAsync(limit: 3, cursor: cursor);
            seen.AddRange(page.Items.Select(queue => queue.Id));
            if (seen.Count <= before.Count)
                await client.CreateQueueAsync(new QueueInput { Name = $"Meanwhile {seen.Count}" });
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(seen.Distinct(), seen);
        Assert.Equal(before, seen.Take(before.Count));
    }

    [SkippableFact]
    public async Task A_page_holds_fifty_items_unless_told_otherwise_and_the_last_one_says_so()
    {
        var client = (await host.NewTenant()).Client;
        for (var i = 0; i < 51; i++)
            await client.CreateQueueAsync(new QueueInput { Name = $"Queue {i}" });

        var first = await client.ListQueuesAsync();
        Assert.Equal(50, first.Items.Count);
        var last = await client.ListQueuesAsync(cursor: first.NextCursor);
        Assert.Single(last.Items);
        Assert.Null(last.NextCursor);
    }

    [SkippableFact]
    public async Task A_cursor_that_was_edited_or_belongs_elsewhere_is_refused()
    {
        var tenant = await host.NewTenant();
        await tenant.Client.CreateQueueAsync(new QueueInput { Name = "One" });
        await tenant.Client.CreateQueueAsync(new QueueInput { Name = "Two" });
        var cursor = (await tenant.Client.ListQueuesAsync(limit: 1)).NextCursor!;
        var edited = (cursor[0] == 'A' ? 'B' : 'A') + cursor[1..];

        await Answer.Refused(400, "invalid_cursor", () => tenant.Client.ListQueuesAsync(cursor: edited));
        await Answer.Refused(400, "invalid_cursor", () => tenant.Client.ListQueuesAsync(cursor: cursor[..^3]));
        await Answer.Refused(400, "invalid_cursor", () => tenant.Client.ListQueuesAsync(cursor: "not base64!"));
        await Answer.Refused(400, "invalid_cursor", () => host.Admin.ListApiKeysAsync(cursor: cursor));
    }

    [SkippableFact]
    public async Task An_empty_cursor_is_no_cursor()
    {
        using var http = host.Http((await host.NewTenant()).Secret);
        using var response = await http.GetAsync("v1/queues?cursor=");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }
}
