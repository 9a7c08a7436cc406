using QualityIngest.Api.Tests.Feeds;
using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Notifications;

/// <summary>Directories that a bucket tells of: imported without any scan, once they are sealed.</summary>
[Collection(NotificationCollection.Name)]
public sealed class FeedFlowTests(NotificationHost host)
{
    private static readonly string Directory = FeedBucket.Directory("call_center_issues");

    [SkippableTheory]
    [InlineData("part.csv", "_SUCCESS")]
    [InlineData("_SUCCESS", "part.csv")]
    [InlineData("_SUCCESS", null)]
    public async Task A_directory_is_imported_as_soon_as_its_marker_is_told_of_in_whichever_order(string first, string? second)
    {
        var notified = await host.ArrangeNotified(input => input with { Format = "feeds" });
        await notified.Bucket.PutSealed(Directory, Rows.CallHeader, Rows.Call("c-1"));

        await notified.Created($"calls/{Directory}{first}");
        if (second is not null)
            await notified.Created($"calls/{Directory}{second}");
        await notified.Bucket.Idle();

        Assert.Equal(BatchStatus.Imported, (await notified.Bucket.Batch(Directory)).Status);
        Assert.Equal(["c-1"], await notified.Bucket.CallIds());
        Assert.Empty((await notified.Client.ListScansAsync(notified.Bucket.Connector.Id)).Items);
    }

    [SkippableFact]
    public async Task A_marker_that_is_written_again_has_its_directory_imported_again()
    {
        var notified = await host.ArrangeNotified(input => input with { Format = "feeds" });
        await notified.Bucket.PutSealed(Directory, Rows.CallHeader, Rows.Call("c-1"));
        await notified.Created($"calls/{Directory}part.csv", $"calls/{Directory}_SUCCESS");
        await notified.Bucket.Idle();
        await notified.Bucket.PutSealed(Directory, Rows.CallHeader, Rows.Call("c-2"));
        await notified.Created($"calls/{Directory}part.csv");
        await notified.Created($"calls/{Directory}_SUCCESS");
        await notified.Bucket.Idle();

        Assert.Equal(["c-2"], await notified.Bucket.CallIds());
    }
}
