using System.Net;
using QualityIngest.Api.Tests.Ingest.Faults;
using QualityIngest.Client;
using QualityIngest.Database;
using QualityIngest.TestKit;
using QualityIngest.TestKit.S3;

namespace QualityIngest.Api.Tests.Ingest.Nodes;

/// <summary>PostgreSQL goes away in the middle of the work and comes back.</summary>
public sealed class RestartTests(RestartTests.Site site) : IClassFixture<RestartTests.Site>
{
    private const int Rows = 60;

    [SkippableFact]
    public async Task A_crash_of_the_database_stops_the_work_and_its_return_lets_it_end()
    {
        var (faulty, gate) = await MidFile();
        await using var _ = faulty;

        await site.Server.Crash();
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable), (await Health("live"), await Health("ready")));
        gate.SetResult();
        await site.Server.Launch();
        site.Host.Database.Source.Clear();

        await Arranged.Until(async () => await Health("ready") == HttpStatusCode.OK);
        await Ends(faulty);
    }

    [SkippableFact]
    public async Task Connections_that_are_cut_are_made_anew()
    {
        var (faulty, gate) = await MidFile();
        await using var _ = faulty;

        await using (var cut = site.Host.Database.Source.CreateCommand(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"))
        {
            await cut.ExecuteNonQueryAsync();
        }

        gate.SetResult();
        site.Host.Database.Source.Clear();
        await Ends(faulty);
    }

    /// <summary>A file of which some rows are stored and the rest waits for a gate.</summary>
    private async Task<(Faulty Faulty, TaskCompletionSource Gate)> MidFile()
    {
        var host = site.HostOrSkip();
        S3Server.RequireOrSkip();
        var proxy = await FaultProxy.Start((await S3Server.Shared()).Endpoint);
        var faulty = new Faulty(await host.ArrangeReady(input => FaultHost.Behind(proxy, input)), proxy);
        await faulty.PutRows("day.csv", Rows);
        var gate = new TaskCompletionSource();
        proxy.Inject(r => r.Key == "calls/day.csv", Fault.CutBody(3_000), times: 1);
        var waiting = proxy.Inject(r => r.Key == "calls/day.csv", Fault.Before(cancel => gate.Task.WaitAsync(cancel)), times: 1);
        await faulty.Start();
        await Arranged.Until(() => Task.FromResult(waiting.Hits == 1));
        return (faulty, gate);
    }

    private static async Task Ends(Faulty faulty)
    {
        await Arranged.Until(() => Answered(async () => (await faulty.Bucket.File("day.csv")).Status == FileStatus.Ingested));
        await faulty.Bucket.Idle();
        await Arranged.Until(() => Answered(async () => (await faulty.Bucket.Client.ListConversationsAsync()).Items.Count > 0));
        (await faulty.Bucket.File("day.csv")).Is(FileStatus.Ingested, accepted: Rows);
        var conversations = (await faulty.Bucket.Client.ListConversationsAsync(limit: 100, status: ConversationStatus.Completed)).Items;
        Assert.Equal(Rows, conversations.Count);
        Assert.All(conversations, c => Assert.Equal((1, 3), (c.Revision, c.Version)));
    }

    /// <summary>A request that met a connection which had been cut is answered 503 and asks to be made again.</summary>
    private static async Task<bool> Answered(Func<Task<bool>> request)
    {
        try
        {
            return await request();
        }
        catch (QualityIngestException unavailable) when (unavailable.StatusCode == (int)HttpStatusCode.ServiceUnavailable)
        {
            return false;
        }
    }

    private async Task<HttpStatusCode> Health(string name)
    {
        using var http = site.Host.Http();
        using var answer = await http.GetAsync(new Uri($"health/{name}", UriKind.Relative));
        return answer.StatusCode;
    }

    /// <summary>A host on a server of its own.</summary>
    public sealed class Site : IAsyncLifetime
    {
        private TestPostgres? _server;
        private IngestHost? _host;

        public TestPostgres Server => _server!;

        public IngestHost Host => _host!;

        public IngestHost HostOrSkip()
        {
            if (_host is null)
                TestDatabase.RequireServer(PostgresBinaries.HowToInstall);
            return _host!;
        }

        public async Task InitializeAsync()
        {
            if (PostgresBinaries.Find() is null)
                return;
            _server = await TestPostgres.Start();
            _host = new QuickLeases { On = await TestDatabase.On(_server) };
            await _host.InitializeAsync();
        }

        public async Task DisposeAsync()
        {
            if (_host is not null)
            {
                await _host.DisposeAsync();
                await _host.Database.DisposeAsync();
            }

            if (_server is not null)
                await _server.DisposeAsync();
        }
    }

    private sealed class QuickLeases : IngestHost
    {
        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(base.Settings)
        {
            ["Ingest:BatchRows"] = "10",
            ["Work:Lease"] = "00:00:01",
            ["Work:MaxAttempts"] = "10",
        };
    }
}
