using QualityIngest.Api.Tests.Ingest;
using QualityIngest.Client;
using QualityIngest.TestKit.S3;

namespace QualityIngest.Api.Tests.Notifications;

/// <summary>Notifications of a connector that rests, is gone, or whose store refuses.</summary>
[Collection(NotificationCollection.Name)]
public sealed class StandstillTests(NotificationHost host)
{
    [SkippableFact]
    public async Task A_disabled_connector_ignores_notifications_and_the_next_scan_repairs_it()
    {
        var notified = await host.ArrangeNotified();
        await notified.Bucket.PutChats("day.csv", "c-1");
        await notified.Client.DisableConnectorAsync(notified.Bucket.Connector.Id);

        (await notified.Post(notified.Message("ObjectCreated:Put", "calls/day.csv"))).Is("ignored");

        await notified.Client.EnableConnectorAsync(notified.Bucket.Connector.Id);
        Assert.Equal(1, (await notified.Bucket.Ingest()).Counts.Discovered);
    }

    [SkippableFact]
    public async Task A_connector_that_was_removed_meanwhile_drops_what_waits()
    {
        var (notified, proxy) = await host.ArrangeFaulty();
        await using var _ = proxy;
        await notified.Bucket.PutChats("day.csv", "c-1");
        var gate = new TaskCompletionSource();
        var held = proxy.Inject(r => r.IsListing, Fault.Before(cancel => gate.Task.WaitAsync(cancel)), times: 1);
        await notified.Created("calls/day.csv");
        await Arranged.Until(() => Task.FromResult(held.Hits == 1));
        await notified.Created("calls/day.csv");
        await notified.Client.DeleteConnectorAsync(notified.Bucket.Connector.Id, "*");
        gate.SetResult();
        await Arranged.Until(async () => await Count(notified, "notice") == 0);
        (await notified.Post(notified.Message("ObjectCreated:Put", "calls/day.csv"))).IsRefused(404, "not_found");
    }

    [SkippableFact]
    public async Task A_suspended_connector_keeps_notifications_until_it_works_again()
    {
        var (notified, proxy) = await host.ArrangeFaulty();
        await using var _ = proxy;
        await notified.Bucket.PutChats("day.csv", "c-1");
        var denied = proxy.Inject(r => r.IsListing, Fault.Error(403, "AccessDenied", "Access Denied"));

        await notified.Created("calls/day.csv");
        await Arranged.Until(async () => (await notified.Client.GetConnectorAsync(notified.Bucket.Connector.Id)).Suspension is not null);
        await notified.Created("calls/day.csv");
        proxy.Heal();

        await Arranged.Until(async () => (await notified.Client.GetConnectorAsync(notified.Bucket.Connector.Id)).Suspension is null);
        await notified.Bucket.Idle();
        (await notified.Bucket.File("day.csv")).Is(FileStatus.Ingested, accepted: 1);
        Assert.True(denied.Hits > 0);
    }

    [SkippableFact]
    public async Task One_key_that_is_refused_stops_no_connector()
    {
        var (notified, proxy) = await host.ArrangeFaulty();
        await using var _ = proxy;
        await notified.Bucket.PutChats("day.csv", "c-1");
        proxy.Inject(
            r => r.IsListing && r.Query.GetValueOrDefault("prefix") == "calls/odd.csv", Fault.Error(403, "SignatureDoesNotMatch", "The signature does not match."));

        await notified.Created("calls/odd.csv", "calls/day.csv");
        await Arranged.Until(async () => (await host.Admin.ListDeadLettersAsync(tenant: notified.Bucket.Tenant.Id)).Items.Count == 1);
        await notified.Bucket.Idle();

        (await notified.Bucket.File("day.csv")).Is(FileStatus.Ingested, accepted: 1);
        Assert.Null((await notified.Client.GetConnectorAsync(notified.Bucket.Connector.Id)).Suspension);
        Assert.Equal("notice", Assert.Single((await host.Admin.ListDeadLettersAsync(tenant: notified.Bucket.Tenant.Id)).Items).Kind);
    }

    [SkippableFact]
    public async Task A_throttled_look_is_taken_again()
    {
        var (notified, proxy) = await host.ArrangeFaulty();
        await using var _ = proxy;
        await notified.Bucket.PutChats("day.csv", "c-1");
        proxy.Inject(r => r.IsListing, Fault.SlowDown(), times: 2);

        await notified.Created("calls/day.csv");
        await notified.Bucket.Idle();

        (await notified.Bucket.File("day.csv")).Is(FileStatus.Ingested, accepted: 1);
    }

    private async Task<long> Count(Notified notified, string kind)
    {
        await using var command = host.Database.Source.CreateCommand("select count(*) from work_items where tenant_id = $1 and kind = $2");
        command.Parameters.AddWithValue(notified.Bucket.Tenant.Id);
        command.Parameters.AddWithValue(kind);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
