using QualityIngest.TestKit;

namespace QualityIngest.Api.Tests.Webhooks.Nodes;

/// <summary>One of two nodes ends in the middle of sending, in one way or another, and the other goes on.</summary>
public sealed class EndTests(NodesHost host) : IClassFixture<NodesHost>
{
    private const int Streams = 50, Versions = 40, Events = Streams * Versions;

    [SkippableFact]
    public async Task A_node_that_is_killed_loses_nothing_and_repeats_at_most_what_was_under_way()
    {
        await using var run = await Run.Begin(host);

        await run.Middle();
        await run.First.Kill();
        await run.End();

        Assert.All(run.Subscribers, s => Assert.InRange(s.Repeats, 0, NodesHost.Open));
    }

    [SkippableFact]
    public async Task A_node_that_is_stopped_repeats_nothing()
    {
        await using var run = await Run.Begin(host);

        await run.Middle();
        await run.First.Stop();
        await run.End();

        Assert.All(run.Subscribers, s => Assert.Equal(0, s.Repeats));
    }

    [SkippableFact]
    public async Task Connections_to_the_database_that_are_cut_lose_nothing_and_repeat_nothing()
    {
        await using var run = await Run.Begin(host);

        await run.Middle();
        Assert.NotEqual(0, await host.CutConnections());
        var before = run.Subscribers[0].Taken;
        await FaultTests.Until(() => run.Subscribers[0].Taken >= Math.Min(before + 100, Events));
        await host.CutConnections();
        await run.End();

        Assert.All(run.Subscribers, s => Assert.Equal(0, s.Repeats));
    }

    /// <summary>Two nodes with four subscribers between them, and a tenant whose events are stored already.</summary>
    private sealed class Run(NodesHost host, TestTenant tenant, IReadOnlyList<Subscriber> subscribers, ApiProcess first, ApiProcess second)
        : IAsyncDisposable
    {
        public IReadOnlyList<Subscriber> Subscribers => subscribers;

        public ApiProcess First => first;

        public static async Task<Run> Begin(NodesHost host)
        {
            var tenant = await host.NewTenant();
            Subscriber[] subscribers = [await Subscriber.Start(), await Subscriber.Start(), await Subscriber.Start(), await Subscriber.Start()];
            foreach (var subscriber in subscribers)
                await NodesHost.Subscribe(tenant, subscriber);
            var nodes = await Task.WhenAll(host.StartNode(endpoints: 2), host.StartNode(endpoints: 2));
            var run = new Run(host, tenant, subscribers, nodes[0], nodes[1]);
            await host.Append(tenant, Streams, Versions);
            return run;
        }

        /// <summary>Each subscriber has some of the messages, and not all.</summary>
        public Task Middle() => FaultTests.Until(() => subscribers.All(s => s.Taken > Events / 20));

        /// <summary>Everything has come.</summary>
        public async Task End()
        {
            foreach (var subscriber in subscribers)
            {
                await FaultTests.Until(() => subscriber.Taken == Events);
                FaultTests.InOrder(subscriber);
            }

            await Eventually.Holds(async () => await host.Waiting(tenant) == 0, TimeSpan.FromMinutes(1));
        }

        public async ValueTask DisposeAsync()
        {
            await Task.WhenAll(first.DisposeAsync().AsTask(), second.DisposeAsync().AsTask());
            foreach (var subscriber in subscribers)
                await subscriber.DisposeAsync();
        }
    }
}
