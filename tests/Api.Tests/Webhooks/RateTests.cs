using System.Collections.Concurrent;
using System.Diagnostics;

namespace QualityIngest.Api.Tests.Webhooks;

/// <summary>An endpoint's rate, as it is seen on the wire.</summary>
public sealed class RateTests(WebhookHost host) : IClassFixture<WebhookHost>
{
    private const int Rate = 20, Messages = 50;

    [SkippableFact]
    public async Task No_second_sees_more_attempts_than_the_rate()
    {
        var tenant = await host.NewTenant();
        await using var receiver = await Receiver.Start();
        var arrivals = new ConcurrentQueue<TimeSpan>();
        var began = Stopwatch.GetTimestamp();
        receiver.Answer = (message, context) =>
        {
            arrivals.Enqueue(Stopwatch.GetElapsedTime(began));
            context.Response.StatusCode = message.Version % 10 == 0 ? 500 : 200; // Retries count as well.
            return Task.CompletedTask;
        };
        var late = Lateness(() => arrivals.Count >= Messages);
        await WebhookHost.Subscribe(tenant, receiver, input => input with { Rate = Rate });
        await host.Scanned(tenant, Guid.NewGuid(), Guid.NewGuid(), 0, Messages);
        await WebhookHost.Arrived(receiver, Messages);

        // Both ends are in this process: what arrives may come later than it was sent by as much as anything here does.
        var spread = (await late).TotalSeconds;
        var times = arrivals.Order().ToList();
        for (var first = 0; first < times.Count; first++)
        {
            var second = times.Skip(first).TakeWhile(t => t < times[first] + TimeSpan.FromSeconds(1)).Count();
            Assert.InRange(second, 1, (int)(Rate * (1 + 2 * spread)) + 1);
        }
    }

    /// <summary>How late a timer of this process comes at worst until something holds.</summary>
    private static async Task<TimeSpan> Lateness(Func<bool> until)
    {
        var (worst, step) = (TimeSpan.Zero, TimeSpan.FromMilliseconds(5));
        while (!until())
        {
            var began = Stopwatch.GetTimestamp();
            await Task.Delay(step);
            var late = Stopwatch.GetElapsedTime(began) - step;
            worst = late > worst ? late : worst;
        }

        return worst;
    }
}
