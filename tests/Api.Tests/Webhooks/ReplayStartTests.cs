using QualityIngest.Domain.Webhooks;

namespace QualityIngest.Api.Tests.Webhooks;

/// <summary>Where the replay of what has happened since a time begins to read.</summary>
public sealed class ReplayStartTests(WebhookHost host) : IClassFixture<WebhookHost>
{
    private const int Events = 60_000;

    /// <summary>How much more than what is asked for it reads at most: a page.</summary>
    private const long Close = 5_000;

    private static readonly DateTimeOffset First = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [SkippableFact]
    public async Task Everything_of_the_time_or_later_stands_behind_it_and_little_else()
    {
        var (tenant, crowd) = (await host.NewTenant(), await host.NewTenant());
        // One event a minute, every third of them the tenant's, and none of its own for a while in the middle.
        await host.Sql(
            """
            insert into events.mt_events (id, stream_id, version, data, type, timestamp, tenant_id)
            select gen_random_uuid(), gen_random_uuid(), 1, '{}', 'scan_completed', $1 + n * interval '1 minute',
                case when n % 3 = 0 and n not between 20000 and 40000 then $2 else $3 end
            from generate_series(1, $4) n
            order by n
            """,
            First, tenant.Id, crowd.Id, Events);
        var drawn = (long)(await host.Sql("select max(seq_id) from events.mt_events"))!;
        await using var session = await host.Database.Postgres.Pipeline(tenant.Id, default);

        foreach (var minute in new[] { -10, 1, 2, 100, 19_999, 20_000, 30_000, 40_001, 59_000, Events, Events + 10 })
        {
            var time = First.AddMinutes(minute);
            var start = await RedeliverStep.StartOf(session, time, drawn, default);

            Assert.Equal(0L, await host.Sql("select count(*) from events.mt_events where tenant_id = $1 and timestamp >= $2 and seq_id <= $3", tenant.Id, time, start));
            Assert.InRange(
                (long)(await host.Sql("select count(*) from events.mt_events where tenant_id = $1 and timestamp < $2 and seq_id > $3", tenant.Id, time, start))!, 0, Close);
        }

        await using var empty = await host.Database.Postgres.Pipeline((await host.NewTenant()).Id, default);
        Assert.InRange(await RedeliverStep.StartOf(empty, First, drawn, default), 0, drawn);
    }

    [SkippableFact]
    public async Task A_replay_since_a_time_has_the_events_of_that_time_and_later_and_no_older_ones()
    {
        var tenant = await host.NewTenant();
        await host.Scanned(tenant, Guid.NewGuid(), Guid.NewGuid(), 0, 6);
        await host.Sql("update events.mt_events set timestamp = now() - (7 - version) * interval '1 day' where tenant_id = $1", tenant.Id);
        await using var receiver = await Receiver.Start();
        var endpoint = (await WebhookHost.Subscribe(tenant, receiver)).Endpoint;

        await tenant.Client.ReplayEventsAsync(endpoint.Id, new() { Since = DateTimeOffset.UtcNow.AddDays(-3.5) });

        await WebhookHost.Arrived(receiver, 3);
        Assert.Equal([4, 5, 6], receiver.Received.Select(m => m.Version));
    }
}
