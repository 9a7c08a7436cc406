using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Ingest.Rules;

[Collection(IngestCollection.Name)]
public sealed class ScheduleTests(IngestHost host)
{
    [SkippableFact]
    public async Task A_schedule_scans_the_bucket_by_itself()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutChats("day.csv", "c-1");

        await Schedule(bucket, new IntervalSchedule { Every = 1, Unit = IntervalUnit.Days });

        await Arranged.Until(async () =>
            (await bucket.Client.ListConversationsAsync()).Items is [{ Status: ConversationStatus.Completed }]);
        var scan = Assert.Single((await bucket.Client.ListScansAsync(bucket.Connector.Id)).Items);
        Assert.Equal((ScanTrigger.Schedule, ScanStatus.Completed), (scan.Trigger, scan.Status));
    }

    [SkippableFact]
    public async Task A_schedule_tells_when_it_fires_and_is_gone_when_it_is_removed()
    {
        var bucket = await host.Arrange();
        var set = await Schedule(bucket, new CronSchedule { Expression = "30 4 * * *", TimeZone = "Europe/Berlin" });
        Assert.Equal(5, set.Next.Count);
        Assert.All(set.Next, time => Assert.Equal(30, time.Minute));

        await bucket.Client.RemoveScheduleAsync(bucket.Connector.Id, $"\"{set.Version}\"");

        var view = await bucket.Client.GetScheduleAsync(bucket.Connector.Id);
        Assert.Null(view.Schedule);
        Assert.Empty(view.Next);
    }

    [SkippableFact]
    public async Task A_schedule_that_cannot_be_is_refused_with_its_field()
    {
        var bucket = await host.Arrange();

        var problem = await Answer.Problem(() => Schedule(bucket, new CronSchedule { Expression = "99 4 * * *", TimeZone = "UTC" }));

        var error = Assert.Single(problem.Errors!);
        Assert.Equal(("#/expression", "invalid_schedule"), (error.Pointer, error.Code));
    }

    [SkippableFact]
    public async Task A_disabled_connector_is_not_scanned_by_its_schedule()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutChats("day.csv", "c-1");
        await bucket.Client.DisableConnectorAsync(bucket.Connector.Id);
        await Schedule(bucket, new IntervalSchedule { Every = 1, Unit = IntervalUnit.Days });
        var control = await host.ArrangeReady();
        await Schedule(control, new IntervalSchedule { Every = 1, Unit = IntervalUnit.Days });

        // The control's schedule was set later: once it has fired, the other one would have.
        await Arranged.Until(async () => (await control.Client.ListScansAsync(control.Connector.Id)).Items.Count == 1);

        Assert.Empty((await bucket.Client.ListScansAsync(bucket.Connector.Id)).Items);
    }

    private static async Task<ScheduleView> Schedule(Arranged bucket, Schedule schedule)
    {
        var connector = await bucket.Client.GetConnectorAsync(bucket.Connector.Id);
        return await bucket.Client.SetScheduleAsync(connector.Id, $"\"{connector.Version}\"", schedule);
    }
}
