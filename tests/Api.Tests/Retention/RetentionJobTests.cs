using Microsoft.Extensions.DependencyInjection;
using QualityIngest.Api.Tests.Ingest;
using Quartz;

namespace QualityIngest.Api.Tests.Retention;

/// <summary>Retention is a job of the scheduler.</summary>
[Collection(IngestCollection.Name)]
public sealed class RetentionJobTests(IngestHost host)
{
    [SkippableFact]
    public async Task It_is_scheduled_once_for_all_nodes_and_fires()
    {
        var tenant = (await host.NewTenant()).Id;
        var scheduler = await host.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();
        await host.Database.Reject(tenant, rows: 1);

        await scheduler.TriggerJob(new JobKey("retention", "installation"));

        await Arranged.Until(async () => await host.Database.Left(tenant, "file_rejections", "line::text") == "");
        await using var command = host.Database.Source.CreateCommand(
            "select string_agg(cron_expression, ', ') from quartz.qrtz_cron_triggers where trigger_group = 'installation' and trigger_name = 'retention'");
        Assert.Equal("0 17 * * * ?", await command.ExecuteScalarAsync());
    }
}
