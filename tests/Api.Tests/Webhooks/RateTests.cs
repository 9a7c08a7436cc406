using System.Collections.Concurrent;
using System.Diagnostics;

namespace QualityIngest.Api.Tests.Webhooks;

/// <summary>An endpoint's rate, as it is seen on the wire.</summary>
public sealed class RateTests(WebhookHost host) : IClassFixture<WebhookHost>
{
    private const int Rate = 20, Messages = 50;

    [SkippableFact]
    public async Task Attempts_come_at_the_rate()
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
        await WebhookHost.Subscribe(tenant, receiver, input => input with { Rate = Rate });
        await host.Scanned(tenant, Guid.NewGuid(), Guid.NewGuid(), 0, Messages);
        await WebhookHost.Arrived(receiver, Messages);

        // Turns are taken at the rate (PaceTests); between them and the wire a busy machine may hold some back and let them go together.
        var times = arrivals.Order().ToList();
        foreach (var first in times)
            Assert.InRange(times.Count(t => t >= first && t < first + TimeSpan.FromSeconds(1)), 1, Rate * 3 / 2);
    }
}
