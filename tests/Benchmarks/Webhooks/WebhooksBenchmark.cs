using System.Diagnostics;
using System.Globalization;
using QualityIngest.TestKit;

namespace QualityIngest.Benchmarks.Webhooks;

/// <summary>
/// Messages to one subscriber on the loopback, from the commit of their events until the last has come, beside a bare loop that
/// posts the same body as many times with the same parallelism: to one that answers after 10 ms, as from behind a network, after
/// 1 ms, as one that stores what it takes, and at once, as none does. Then how long after its commit an event that is stored alone
/// is first attempted, while nothing else happens and while another endpoint is sent to; then what an append costs more where
/// nobody is told of it. Rounds are interleaved.
/// </summary>
public sealed class WebhooksBenchmark(int messages, int rounds, int single)
{
    private const int Parallelism = 16; // what the API makes by default

    /// <summary>Runs it on a server in memory and an API process of its own, and prints the figures.</summary>
    public async Task Run(CancellationToken cancel)
    {
        await using var postgres = await TestPostgres.Start();
        var database = await TestDatabase.On(postgres);
        await using var api = await BenchmarkedApi.Start(database, cancel);
        await using var subscriber = await Subscriber.Start();
        var appender = await Tenant(api, database, "bench-many", subscriber, cancel);

        Console.WriteLine($"{messages:N0} messages, {Parallelism} attempts at a time, {Environment.ProcessorCount} cores, load {Load()}");
        Console.WriteLine("round |  bare loop | messages/s |       API | messages/s | ratio | CPU ms/message: API  PostgreSQL");
        await Sent(subscriber, await appender.Bulk(1_000, cancel), 1_000, cancel);
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Parallelism });
        foreach (var takes in (int[])[10, 1, 0])
        {
            subscriber.Takes = TimeSpan.FromMilliseconds(takes);
            Console.WriteLine($"a subscriber that answers {(takes == 0 ? "at once" : $"after {takes} ms")}");
            await Rounds(api, appender, subscriber, http, cancel);
        }

        await Latencies(api, database, appender, subscriber, cancel);
        await Untold(database, cancel);
    }

    private async Task Rounds(BenchmarkedApi api, Appender appender, Subscriber subscriber, HttpClient http, CancellationToken cancel)
    {
        var ratios = new List<double>();
        for (var round = 0; round <= rounds; round++)
        {
            var bare = Stopwatch.StartNew();
            await BareSender.Run(http, subscriber.Url, subscriber.Body, messages, Parallelism, cancel);
            bare.Stop();

            subscriber.Forget();
            var committed = await appender.Bulk(messages, cancel);
            var (apiCpu, sqlCpu) = (ProcessTime.Of(api.Id), ProcessTime.OfTree(api.Postmaster));
            var took = await Sent(subscriber, committed, messages, cancel);
            (apiCpu, sqlCpu) = (ProcessTime.Of(api.Id) - apiCpu, ProcessTime.OfTree(api.Postmaster) - sqlCpu);
            if (round > 0)
                ratios.Add(bare.Elapsed / took);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{(round == 0 ? "warm" : round),5} | {bare.Elapsed.TotalSeconds,8:0.00} s | {messages / bare.Elapsed.TotalSeconds,10:0} | {took.TotalSeconds,7:0.00} s | {messages / took.TotalSeconds,10:0} | {bare.Elapsed / took,5:0.00} | {apiCpu * 1000 / messages,19:0.00} {sqlCpu * 1000 / messages,11:0.00}"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median ratio {Median(ratios):0.00}"));
    }

    private async Task Latencies(BenchmarkedApi api, TestDatabase database, Appender load, Subscriber loaded, CancellationToken cancel)
    {
        await using var subscriber = await Subscriber.Start();
        var appender = await Tenant(api, database, "bench-one", subscriber, cancel);
        await Latency("while nothing else happens", appender, subscriber, () => true, cancel);

        loaded.Forget();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var loading = Keep(load, loaded, enough.Token);
        await Latency("while another endpoint is sent to", appender, subscriber, () => loaded.Count > 0, cancel);
        await enough.CancelAsync();
        await loading.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private async Task Latency(string when, Appender appender, Subscriber subscriber, Func<bool> ready, CancellationToken cancel)
    {
        while (!ready())
            await Task.Delay(10, cancel);
        var took = new List<double>();
        for (var n = 0; n < single; n++)
        {
            await Task.Delay(Random.Shared.Next(150), cancel); // so that no appointment is kept
            var (@event, at) = await appender.One(cancel);
            while (subscriber.Arrival(@event) is null)
                await Task.Delay(1, cancel);
            took.Add(Stopwatch.GetElapsedTime(at, subscriber.Arrival(@event)!.Value).TotalMilliseconds);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"from the commit to the first attempt, {when}: median {Median(took):0} ms, p99 {took.Order().ElementAt(took.Count * 99 / 100):0} ms of {took.Count}; load {Load()}"));
    }

    /// <summary>Keeps an endpoint busy: there are always messages to be sent.</summary>
    private static async Task Keep(Appender appender, Subscriber subscriber, CancellationToken cancel)
    {
        for (var stored = 0; ; stored += 5_000)
        {
            await appender.Bulk(5_000, cancel);
            while (subscriber.Count < stored)
                await Task.Delay(20, cancel);
        }
    }

    private async Task Untold(TestDatabase database, CancellationToken cancel)
    {
        var (with, without) = (new Appender(database, "bench-nobody"), new Appender(database, "bench-nobody", told: false));
        foreach (var (appends, streams) in ((int, int)[])[(500, 1), (20, 1_000)])
        {
            var ratios = new List<double>();
            for (var round = -1; round < 2 * rounds + 1; round++)
            {
                var bare = await without.Appends(appends, streams, cancel);
                var told = await with.Appends(appends, streams, cancel);
                if (round >= 0)
                    ratios.Add(told / bare);
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"an append of {streams:N0} events that nobody is told of takes {Median(ratios):0.00} of the time that it takes without webhooks"));
        }
    }

    private static async Task<Appender> Tenant(BenchmarkedApi api, TestDatabase database, string tenant, Subscriber subscriber, CancellationToken cancel)
    {
        var client = await api.NewTenant(tenant, cancel);
        await client.CreateWebhookEndpointAsync(new() { Url = subscriber.Url.AbsoluteUri }, cancellationToken: cancel);
        return new(database, tenant);
    }

    private static async Task<TimeSpan> Sent(Subscriber subscriber, long since, int count, CancellationToken cancel)
    {
        while (subscriber.Count < count)
            await Task.Delay(1, cancel);
        return Stopwatch.GetElapsedTime(since);
    }

    private static string Load() => File.ReadAllText("/proc/loadavg").Split(' ')[0];

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
