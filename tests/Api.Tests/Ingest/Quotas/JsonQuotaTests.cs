using QualityIngest.Api.Tests.Ingest.Json;
using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Ingest.Quotas;

/// <summary>What a connector of conversation-json has without being told.</summary>
[Collection(JsonCollection.Name)]
public sealed class JsonQuotaTests(JsonHost host)
{
    [SkippableFact]
    public async Task A_tenant_may_ingest_500_million_bytes_a_day_and_both_usage_and_connector_tell_what_is_used()
    {
        var bucket = await host.ArrangeJsonReady();
        var text = Chat.Lines(Chat.Of("c-1"), Chat.Of("c-2"));
        await bucket.S3.Put(bucket.Bucket, "calls/day.jsonl", text);

        await bucket.Ingest();

        var usage = await bucket.Client.GetUsageAsync();
        var quota = Assert.Single(usage.Quotas);
        Assert.Equal(
            ("conversation-json", 1, text.Length, 500_000_000, 0, 0, false),
            (quota.Format, quota.UsedFiles, quota.UsedBytes, quota.LimitBytes, quota.DeferredFiles, quota.DeferredBytes, quota.Ended));
        Assert.Equal((usage.Today.Day, usage.Today.Bytes), (quota.Day, quota.UsedBytes));
        Assert.Equal(quota, (await bucket.Client.GetConnectorAsync(bucket.Connector.Id)).Quota);
        Assert.Null((await host.Arrange()).Connector.Quota);
    }

    [SkippableFact]
    public async Task A_days_limit_holds_for_all_connectors_of_a_tenant_together()
    {
        var bucket = await host.ArrangeJsonReady();
        var day = Chat.Lines(Chat.Of("c-1"));
        await host.Admin.SetTenantQuotaAsync(bucket.Tenant.Id, "conversation-json", new() { BytesADay = day.Length * 2 - 1 });
        await bucket.S3.Put(bucket.Bucket, "calls/day.jsonl", day);
        await bucket.Ingest();
        var other = await bucket.Client.CreateConnectorAsync(
            IngestHost.Input(bucket.S3, bucket.Bucket, "more/") with { Name = "More", Format = "conversation-json" });
        await bucket.S3.Put(bucket.Bucket, "more/day.jsonl", Chat.Lines(Chat.Of("c-2")));

        await bucket.Ingest(other.Id);

        Assert.Equal(FileStatus.Deferred, Assert.Single((await bucket.Client.ListFilesAsync(connectorId: other.Id)).Items).Status);
        var quotas = (await bucket.Client.ListConnectorsAsync()).Items.ToDictionary(c => c.Id, c => c.Quota!);
        Assert.Equal((0, 1), (quotas[bucket.Connector.Id].DeferredFiles, quotas[other.Id].DeferredFiles));
        Assert.All(quotas.Values, q => Assert.Equal((day.Length, true), (q.UsedBytes, q.Ended)));
        Assert.Equal(ConversationStatus.Completed, (await bucket.Conversation("c-1")).Status);
    }

    [SkippableFact]
    public async Task A_new_connector_is_scanned_every_hour_until_it_is_told_otherwise()
    {
        var bucket = await host.ArrangeJson();

        var view = await bucket.Client.GetScheduleAsync(bucket.Connector.Id);

        var hourly = Assert.IsType<IntervalSchedule>(view.Schedule);
        Assert.Equal((1, IntervalUnit.Hours, 1), (hourly.Every, hourly.Unit, view.Version));
        Assert.InRange(view.Next[0] - bucket.Connector.CreatedAt, TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(61));
        Assert.Equal(TimeSpan.FromHours(1), view.Next[1] - view.Next[0]);
        await using var triggers = host.Database.Source.CreateCommand("select count(*) from quartz.qrtz_triggers where trigger_name = $1");
        triggers.Parameters.AddWithValue(bucket.Connector.Id.ToString());
        Assert.Equal(1L, await triggers.ExecuteScalarAsync());
        var csv = await host.Arrange();
        Assert.Null((await csv.Client.GetScheduleAsync(csv.Connector.Id)).Schedule);

        await bucket.Client.RemoveScheduleAsync(bucket.Connector.Id, "\"1\"");
        Assert.Null((await bucket.Client.GetScheduleAsync(bucket.Connector.Id)).Schedule);
    }

    [SkippableFact]
    public async Task Only_an_administrator_sets_a_limit_and_only_of_a_limited_format()
    {
        var tenant = await host.NewTenant();

        await Answer.Refused(404, "not_found", () => host.Admin.SetTenantQuotaAsync(tenant.Id, "quality-csv", new() { BytesADay = 1 }));
        await Answer.Refused(404, "not_found", () => host.Admin.SetTenantQuotaAsync("t-none", "conversation-json", new() { BytesADay = 1 }));
        await Answer.Refused(422, "invalid", () => host.Admin.SetTenantQuotaAsync(tenant.Id, "conversation-json", new() { BytesADay = 0 }));
        await Answer.Refused(403, "insufficient_scope", () => tenant.Client.SetTenantQuotaAsync(tenant.Id, "conversation-json", new() { BytesADay = 1 }));

        await host.Admin.SetTenantQuotaAsync(tenant.Id, "conversation-json", new() { BytesADay = 7 });
        var own = Assert.Single(await host.Admin.ListTenantQuotasAsync(tenant.Id));
        Assert.Equal(("conversation-json", 7, true), (own.Format, own.BytesADay, own.Own));
        Assert.Equal(7, Assert.Single((await tenant.Client.GetUsageAsync()).Quotas).LimitBytes);
        await host.Admin.RemoveTenantQuotaAsync(tenant.Id, "conversation-json");
        var general = Assert.Single(await host.Admin.ListTenantQuotasAsync(tenant.Id));
        Assert.Equal((500_000_000, false), (general.BytesADay, general.Own));
    }
}
