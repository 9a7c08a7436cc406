using Microsoft.Extensions.DependencyInjection;
using QualityIngest.Database;
using QualityIngest.EventStore;

namespace QualityIngest.Api.Tests.Events;

/// <summary>An API whose event streams look, live and check in milliseconds, and of which a tenant may open five.</summary>
public sealed class EventsHost : ApiHost
{
    /// <summary>How many streams a tenant may open.</summary>
    public const int Streams = 5;

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Ingest:Enabled"] = "false",
        ["Scheduling:Enabled"] = "false",
        ["Webhooks:Enabled"] = "false",
        ["RateLimits:KeyRate"] = "100000",
        ["RateLimits:KeyBurst"] = "100000",
        ["Events:StreamsATenant"] = $"{Streams}",
        ["Events:Look"] = "00:00:00.020",
        ["Events:SignOfLife"] = "00:00:00.200",
        ["Events:KeyCheck"] = "00:00:00.200",
        ["Secrets:Keys:0"] = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
    };

    /// <summary>A session of the pipeline, to append in.</summary>
    public Task<PipelineSession> Begin(TestTenant tenant) =>
        Services.GetRequiredService<Postgres>().Pipeline(tenant.Id, CancellationToken.None);

    /// <summary>Appends events to a scan's stream, in a session.</summary>
    public Task Append(PipelineSession session, Guid scan, long version, params IReadOnlyList<object> events) =>
        Services.GetRequiredService<EventStore.EventStore>().Append(
            session.Transaction, session.Tenant, [new StreamAppend(scan, "scan", version, events)], CancellationToken.None);

    /// <summary>Stores events of a scan's stream.</summary>
    public async Task Store(TestTenant tenant, Guid scan, long version, params IReadOnlyList<object> events)
    {
        await using var session = await Begin(tenant);
        await Append(session, scan, version, events);
        await session.Commit(CancellationToken.None);
    }

    /// <summary>Whether everything that is stored can be read from the feed.</summary>
    public async Task<bool> Final() => (await Services.GetRequiredService<EventFeed>().Watermark(CancellationToken.None)).Behind == 0;
}
