using Microsoft.AspNetCore.Http;

namespace QualityIngest.Api.Tests.Webhooks.Nodes;

/// <summary>Subscribers of every kind, told of everything that happens to one tenant.</summary>
public sealed class Subscribers : IAsyncDisposable
{
    private readonly TaskCompletionSource _healed = new();

    private Subscribers()
    {
    }

    /// <summary>Takes everything at once.</summary>
    public Subscriber Healthy { get; private set; } = null!;

    /// <summary>Refuses the first attempt or two of every fifth message.</summary>
    public Subscriber Failing { get; private set; } = null!;

    /// <summary>Answers nothing until it is healed.</summary>
    public Subscriber Hanging { get; private set; } = null!;

    /// <summary>Takes its time.</summary>
    public Subscriber Slow { get; private set; } = null!;

    /// <summary>Is closed and opened by the test.</summary>
    public Subscriber Restarting { get; private set; } = null!;

    /// <summary>All of them.</summary>
    public IReadOnlyList<Subscriber> All => [Healthy, Failing, Hanging, Slow, Restarting];

    /// <summary>Starts them, and makes an endpoint of each.</summary>
    public static async Task<Subscribers> Start(TestTenant tenant)
    {
        var started = new Subscribers
        {
            Healthy = await Subscriber.Start(),
            Failing = await Subscriber.Start(a => Task.FromResult(
                a.Attempt <= a.Version % 10 - 7 ? StatusCodes.Status500InternalServerError : StatusCodes.Status200OK)),
            Slow = await Subscriber.Start(async a =>
            {
                await Task.Delay(5, a.Gone);
                return StatusCodes.Status200OK;
            }),
            Restarting = await Subscriber.Start(),
        };
        started.Hanging = await Subscriber.Start(async a =>
        {
            await started._healed.Task.WaitAsync(a.Gone);
            return StatusCodes.Status200OK;
        });
        foreach (var subscriber in started.All)
            await NodesHost.Subscribe(tenant, subscriber);
        return started;
    }

    /// <summary>From now on the one that hangs answers.</summary>
    public void Heal() => _healed.TrySetResult();

    /// <summary>
    /// Closes the restarting one once it has taken so many messages, and opens it when the slow one has been sent a hundred more,
    /// as nobody's fault delays another.
    /// </summary>
    /// <param name="after">How many messages.</param>
    /// <param name="events">How many there are at all.</param>
    public async Task Restart(int after, int events)
    {
        await FaultTests.Until(() => Restarting.Taken >= after);
        await Restarting.Close();
        var before = Slow.Taken;
        await FaultTests.Until(() => Slow.Taken >= Math.Min(before + 100, events));
        await Restarting.Open();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Heal();
        foreach (var subscriber in All)
            await subscriber.DisposeAsync();
    }
}
