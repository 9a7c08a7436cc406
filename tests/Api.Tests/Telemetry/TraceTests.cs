using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using QualityIngest.Api.Tests.Ingest;
using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Telemetry;

/// <summary>What a collector of traces gets.</summary>
public sealed class TraceTests(TraceTests.Traced host) : IClassFixture<TraceTests.Traced>
{
    [SkippableFact]
    public async Task Requests_and_work_reach_the_collector_without_the_paths_that_they_were_about()
    {
        var tenant = await host.NewTenant();
        await tenant.Client.ListQueuesAsync();
        var endpoint = await tenant.Client.CreateWebhookEndpointAsync(new() { Url = $"{host.Collector.Url}hooks/a-path-that-is-nobodys-business?t=a-token-in-a-query" });
        await tenant.Client.TestWebhookEndpointAsync(endpoint.Endpoint.Id);

        await Eventually.Holds(
            () => Task.FromResult(new[] { "quality-ingest", "listQueues", "webhook attempt", "/v1/queues", "POST" }.All(host.Collector.Got)), TimeSpan.FromSeconds(60));

        Assert.Contains(host.Collector.Paths, path => path == "/hooks/a-path-that-is-nobodys-business");
        Assert.All(host.Collector.Paths, path => Assert.Contains(path, new[] { "/v1/traces", "/hooks/a-path-that-is-nobodys-business" }));
        foreach (var hidden in new[] { "nobodys-business", "a-token-in-a-query", tenant.Secret })
            Assert.False(host.Collector.Got(hidden), hidden);
        Assert.Empty(host.Collector.Parents);
    }

    [SkippableFact]
    public async Task Work_is_a_span_of_its_own()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutChats("very-private-day.csv", "c-1");
        await bucket.Ingest();

        await Eventually.Holds(() => Task.FromResult(new[] { "work scan", "work file", "qualityingest.work.items" }.All(host.Collector.Got)), TimeSpan.FromSeconds(60));
        Assert.False(host.Collector.Got("very-private-day"));
    }

    /// <summary>A host that sends its traces to a collector of its own.</summary>
    public sealed class Traced : IngestHost, IAsyncDisposable
    {
        /// <summary>The collector.</summary>
        internal Receiver Collector { get; } = new();

        /// <inheritdoc/>
        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(base.Settings)
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Collector.Url,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
            ["Webhooks:Poll"] = "00:00:00.020",
        };

        /// <inheritdoc/>
        public override async Task InitializeAsync()
        {
            await Collector.Start();
            await base.InitializeAsync();
        }

        async ValueTask IAsyncDisposable.DisposeAsync() => await Collector.DisposeAsync();
    }

    /// <summary>Keeps what it is sent.</summary>
    internal sealed class Receiver : IAsyncDisposable
    {
        private readonly WebApplication _app;
        private readonly ConcurrentQueue<byte[]> _traces = new();

        public Receiver()
        {
            var builder = WebApplication.CreateEmptyBuilder(new());
            builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
            _app = builder.Build();
            _app.Run(Take);
        }

        public string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/";

        /// <summary>Where something was sent to.</summary>
        public ConcurrentQueue<string> Paths { get; } = new();

        /// <summary>The places in traces that subscribers were told, which are nobody else's.</summary>
        public ConcurrentQueue<string> Parents { get; } = new();

        public Task Start() => _app.StartAsync();

        /// <summary>Whether a text is in the traces.</summary>
        public bool Got(string text) => _traces.Any(bytes => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);

        public ValueTask DisposeAsync() => _app.DisposeAsync();

        private async Task Take(HttpContext context)
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            Paths.Enqueue(context.Request.Path);
            if (context.Request.Path == "/v1/traces")
                _traces.Enqueue(body.ToArray());
            else if (context.Request.Headers.TraceParent is [{ } parent])
                Parents.Enqueue(parent);
        }
    }
}
