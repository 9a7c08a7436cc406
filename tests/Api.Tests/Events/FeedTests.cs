using QualityIngest.Client;
using QualityIngest.Domain.Scans;

namespace QualityIngest.Api.Tests.Events;

public sealed class FeedTests(EventsHost host) : IClassFixture<EventsHost>
{
    [SkippableFact]
    public async Task A_filter_makes_pages_short_and_they_move_on_all_the_same()
    {
        var tenant = await host.NewTenant();
        var (wanted, other) = (Guid.NewGuid(), Guid.NewGuid());
        await host.Store(tenant, Guid.NewGuid(), 0, [.. Enumerable.Repeat(new ScanCompleted(other, 1, 0, 0, 0), 10_500)]);
        await host.Store(tenant, Guid.NewGuid(), 0, new ScanFailed(wanted, "no_such_bucket", "There is none."), new ScanCompleted(wanted, 1, 0, 0, 0));

        string[] scopes = ["type", "connector", "both"];
        foreach (var by in scopes)
        {
            var (pages, found, cursor) = (0, new List<FeedEvent>(), (string?)null);
            await Eventually.Holds(async () =>
            {
                var page = await tenant.Client.ListEventsAsync(
                    after: cursor, type: by == "connector" ? [] : ["scan.failed"], connectorId: by == "type" ? null : wanted, limit: 100);
                if (page.More)
                    Assert.NotEqual(cursor, page.Next);
                (pages, cursor) = (pages + 1, page.Next);
                found.AddRange(page.Items);
                return !page.More && found.Count > 0;
            });

            Assert.True(pages > 1, "The first page looks at no more than some thousands of events.");
            Assert.Equal(by == "connector" ? ["scan.failed", "scan.completed"] : ["scan.failed"], found.Select(e => e.Type));
        }
    }

    [SkippableFact]
    public async Task What_subscribers_do_not_hear_of_is_not_in_it()
    {
        var tenant = await host.NewTenant();
        var connector = Guid.NewGuid();
        await host.Store(tenant, Guid.NewGuid(), 0, new ScanStarted(connector, "manual", DateTimeOffset.UnixEpoch), new ScanCompleted(connector, 1, 0, 0, 0));

        await Eventually.Holds(async () => (await tenant.Client.ListEventsAsync(type: [])).Items.Count > 0);

        var told = Assert.Single((await tenant.Client.ListEventsAsync(type: [])).Items);
        Assert.Equal(("scan.completed", 2), (told.Type, ((ScanData)told.Data).Version));
        Assert.Empty((await (await host.NewTenant()).Client.ListEventsAsync(type: [])).Items);
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("ev")]
    [InlineData("evzz")]
    [InlineData("ev-1")]
    [InlineData("evffffffffffffffff")]
    [InlineData("1")]
    public async Task A_cursor_that_is_none_is_refused(string cursor)
    {
        var tenant = await host.NewTenant();

        var listed = await Answer.Refused(400, "invalid_cursor", () => tenant.Client.ListEventsAsync(after: cursor));
        var streamed = await Answer.Refused(400, "invalid_cursor", () => tenant.Client.StreamEventsAsync(lastEventID: cursor));

        Assert.Equal(("after", "Last-Event-ID"), (Assert.Single(listed.Errors).Parameter, Assert.Single(streamed.Errors).Parameter));
    }

    [SkippableFact]
    public async Task A_type_that_there_is_not_is_refused()
    {
        var tenant = await host.NewTenant();

        await Answer.Refused(400, "unknown_event_type", () => tenant.Client.ListEventsAsync(type: ["scan.completed", "scan.imagined"]));
        await Answer.Refused(400, "invalid_limit", () => tenant.Client.ListEventsAsync(type: [], limit: 101));
    }

    [SkippableFact]
    public async Task Whoever_may_read_webhooks_may_read_every_event_and_nobody_else_may_read_any()
    {
        var tenant = await host.NewTenant("webhooks:read");
        var conversations = await host.NewKey(tenant.Id, "conversations:read", "connectors:read");
        await host.Store(tenant, Guid.NewGuid(), 0, new ScanCompleted(Guid.NewGuid(), 1, 0, 0, 0));

        await Eventually.Holds(async () => (await tenant.Client.ListEventsAsync(type: [])).Items.Count == 1);
        await Answer.Refused(403, "insufficient_scope", () => host.Client(conversations.Secret).ListEventsAsync(type: []));
        await Answer.Refused(403, "insufficient_scope", () => host.Client(conversations.Secret).StreamEventsAsync(type: []));
    }
}
