using Microsoft.AspNetCore.Http;

namespace QualityIngest.Api.Tests.Webhooks.Nodes;

/// <summary>Two nodes send to subscribers of every kind at once.</summary>
public sealed class FaultTests(NodesHost host) : IClassFixture<NodesHost>
{
    private const int Streams = 250, Versions = 40, Events = Streams * Versions;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [SkippableFact]
    public async Task Every_subscriber_gets_each_event_and_one_that_is_up_gets_it_once()
    {
        var tenant = await host.NewTenant();
        var healed = new TaskCompletionSource();
        await using var healthy = await Subscriber.Start();
        await using var failing = await Subscriber.Start(a => Task.FromResult(
            a.Attempt <= a.Version % 10 - 7 ? StatusCodes.Status500InternalServerError : StatusCodes.Status200OK));
        await using var hanging = await Subscriber.Start(async a =>
        {
            await healed.Task.WaitAsync(a.Gone);
            return StatusCodes.Status200OK;
        });
        await using var slow = await Subscriber.Start(async a =>
        {
            await Task.Delay(5, a.Gone);
            return StatusCodes.Status200OK;
        });
        await using var restarting = await Subscriber.Start();
        foreach (var subscriber in (Subscriber[])[healthy, failing, hanging, slow, restarting])
            await NodesHost.Subscribe(tenant, subscriber);
        await using var first = await host.StartNode(endpoints: 3);
        await using var second = await host.StartNode(endpoints: 3);

        var appending = host.Append(tenant, Streams, Versions);
        for (var restart = 1; restart <= 3; restart++)
        {
            await Until(() => restarting.Taken >= restart * Events / 10);
            await restarting.Close();
            var before = slow.Taken;
            await Until(() => slow.Taken >= Math.Min(before + 100, Events));
            await restarting.Open();
        }

        await appending;
        await Until(() => healthy.Taken == Events);
        Assert.Equal(0, hanging.Taken);
        healed.SetResult();
        foreach (var subscriber in (Subscriber[])[failing, slow, hanging, restarting])
            await Until(() => subscriber.Taken == Events);

        await Eventually.Holds(async () => await host.Waiting(tenant) == 0, Patience);
        Assert.Equal((0, 0, 0), (healthy.Repeats, failing.Repeats, slow.Repeats));
        foreach (var subscriber in (Subscriber[])[healthy, failing, hanging, slow])
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
}
