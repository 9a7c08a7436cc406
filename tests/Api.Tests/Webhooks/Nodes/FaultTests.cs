namespace QualityIngest.Api.Tests.Webhooks.Nodes;

/// <summary>Two nodes send to subscribers of every kind at once.</summary>
public sealed class FaultTests(NodesHost host) : IClassFixture<NodesHost>
{
    private const int Streams = 250, Versions = 40, Events = Streams * Versions, Restarts = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [SkippableFact]
    public async Task Every_subscriber_gets_each_event_and_one_that_is_up_gets_it_once()
    {
        var tenant = await host.NewTenant();
        await using var subscribers = await Subscribers.Start(tenant);
        await using var first = await host.StartNode(endpoints: 3);
        await using var second = await host.StartNode(endpoints: 3);

        var appending = host.Append(tenant, Streams, Versions);
        for (var restart = 1; restart <= Restarts; restart++)
            await subscribers.Restart(after: restart * Events / 10, Events);
        await Healed(tenant, subscribers, appending);

        Assert.All([subscribers.Healthy, subscribers.Failing, subscribers.Slow], s => Assert.Equal(0, s.Repeats));
        foreach (var subscriber in (Subscriber[])[subscribers.Healthy, subscribers.Failing, subscribers.Hanging, subscribers.Slow])
            InOrder(subscriber);
    }

    [SkippableFact]
    public async Task A_node_that_is_killed_beside_them_loses_nothing_and_repeats_at_most_what_was_under_way()
    {
        var tenant = await host.NewTenant();
        await using var subscribers = await Subscribers.Start(tenant);
        await using var first = await host.StartNode(endpoints: 3);
        await using var second = await host.StartNode(endpoints: 3);

        var appending = host.Append(tenant, Streams, Versions);
        await subscribers.Restart(after: Events / 10, Events);
        await first.Kill();
        await using var successor = await host.StartNode(endpoints: 3);
        await subscribers.Restart(after: 2 * Events / 10, Events);
        await Healed(tenant, subscribers, appending);

        Assert.All([subscribers.Healthy, subscribers.Failing, subscribers.Slow], s => Assert.InRange(s.Repeats, 0, NodesHost.Open));
        // One that is closed, or that answers when nobody waits any more, may have taken what it told nobody of.
        Assert.InRange(subscribers.Restarting.Repeats, 0, NodesHost.Open + 2 * NodesHost.Concurrency);
        Assert.InRange(subscribers.Hanging.Repeats, 0, NodesHost.Open + NodesHost.Concurrency);
        foreach (var subscriber in (Subscriber[])[subscribers.Healthy, subscribers.Failing, subscribers.Hanging, subscribers.Slow])
            InOrder(subscriber);
    }

    internal static Task Until(Func<bool> condition) => Eventually.Holds(() => Task.FromResult(condition()), Patience);

    /// <summary>The first arrivals of each stream's messages came in the order of its events, and none is missing.</summary>
    internal static void InOrder(Subscriber subscriber)
    {
        foreach (var stream in subscriber.FirstArrivals.GroupBy(a => a.Stream))
        {
            var versions = stream.Select(a => a.Version).ToList();
            Assert.Equal(Enumerable.Range(1, versions.Count).Select(v => (long)v), versions);
        }
    }

    /// <summary>The one that hangs delayed nobody; once it answers, everybody has everything and all of it is recorded.</summary>
    private async Task Healed(TestTenant tenant, Subscribers subscribers, Task appending)
    {
        await appending;
        await Until(() => subscribers.Healthy.Taken == Events);
        Assert.Equal(0, subscribers.Hanging.Taken);
        subscribers.Heal();
        foreach (var subscriber in subscribers.All)
            await Until(() => subscriber.Taken == Events);
        await Eventually.Holds(async () => await host.Waiting(tenant) == 0, Patience);
    }
}
