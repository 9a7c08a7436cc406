using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using QualityIngest.Database;
using QualityIngest.Domain.Scans;
using QualityIngest.EventStore;

namespace QualityIngest.Api.Tests.Webhooks;

/// <summary>Messages are written with their events, set-based.</summary>
public sealed class WriterTests(WriterTests.Host host) : IClassFixture<WriterTests.Host>
{
    [SkippableTheory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task An_append_of_hundreds_of_events_is_one_statement_more_however_many_endpoints_there_are(int endpoints)
    {
        var tenant = await host.NewTenant();
        for (var i = 0; i < endpoints; i++)
            await tenant.Client.CreateWebhookEndpointAsync(new() { Url = $"https://example.com/{i}" });
        await tenant.Client.CreateWebhookEndpointAsync(new() { Url = "https://example.com/", EventTypes = ["file.failed"] });
        var (registry, projections) = (host.Services.GetRequiredService<EventRegistry>(), host.Services.GetServices<IInlineProjection>());

        var plain = await Statements(new EventStore.EventStore(registry, projections), tenant.Id);
        var told = await Statements(host.Services.GetRequiredService<EventStore.EventStore>(), tenant.Id);

        Assert.Equal(plain + 1, told);
        Assert.Equal(
            300L * endpoints, await host.Sql("select count(*) from webhook_deliveries d join events.mt_events e on e.seq_id = d.seq and e.id = d.event_id where d.tenant_id = $1", tenant.Id));
    }

    [SkippableFact]
    public async Task What_is_rolled_back_is_told_to_nobody()
    {
        var tenant = await host.NewTenant();
        await tenant.Client.CreateWebhookEndpointAsync(new() { Url = "https://example.com/" });
        await using (var session = await host.Database.Postgres.Pipeline(tenant.Id, default))
            await host.Services.GetRequiredService<EventStore.EventStore>().Append(session.Transaction, tenant.Id, [Scanned()], default);

        Assert.Equal(0L, await host.Sql("select count(*) from webhook_deliveries where tenant_id = $1", tenant.Id));
    }

    private static StreamAppend Scanned() => new(Guid.NewGuid(), "scan", 0, [new ScanCompleted(Guid.NewGuid(), 1, 0, 0, 0)]);

    private async Task<int> Statements(EventStore.EventStore store, string tenant)
    {
        var statements = 0;
        using var root = new Activity("append").Start();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == root.TraceId)
                    Interlocked.Increment(ref statements);
            },
        };
        await using var session = await host.Database.Postgres.Pipeline(tenant, default);
        ActivitySource.AddActivityListener(listener);
        await store.Append(session.Transaction, tenant, [.. Enumerable.Range(0, 300).Select(_ => Scanned())], default);
        var counted = statements;
        await session.Commit(default);
        Assert.True(counted > 0, "The statements were not seen.");
        return counted;
    }

    /// <summary>A host that delivers nothing.</summary>
    public sealed class Host : WebhookHost
    {
        /// <inheritdoc/>
        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(base.Settings) { ["Webhooks:Enabled"] = "false" };
    }
}
