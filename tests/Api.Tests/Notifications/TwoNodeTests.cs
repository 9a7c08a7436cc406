using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Notifications;

/// <summary>Two nodes on one database, both notified.</summary>
public sealed class TwoNodeTests(TwoNodeTests.Cluster cluster) : IClassFixture<TwoNodeTests.Cluster>
{
    [SkippableFact]
    public async Task What_both_are_told_of_is_ingested_once()
    {
        var notified = await cluster.First.ArrangeNotified();
        var other = new Uri(cluster.Second.Address, notified.Url.AbsolutePath);
        string[] names = [.. Enumerable.Range(1, 12).Select(i => $"day-{i}.csv")];
        await Task.WhenAll(names.Select((name, i) => notified.Bucket.PutChats(name, $"c-{i}")));

        var posted = await Task.WhenAll(
            from name in names
            from to in new[] { notified.Url, other, notified.Url, other }
            select notified.Post(notified.Message("ObjectCreated:Put", $"calls/{name}"), to));
        await notified.Bucket.Idle();

        Assert.All(posted, p => p.Is("accepted", 1));
        Assert.Equal(names.Length, (await notified.Client.ListFilesAsync(limit: 100, status: FileStatus.Ingested)).Items.Count);
        Assert.Equal(names.Length, await notified.Bucket.FilesCharged());
        foreach (var name in names)
            Assert.Equal(["file_discovered", "file_started", "file_ingested"], await FlowTests.Events(notified, name));
    }

    /// <summary>The two nodes.</summary>
    public sealed class Cluster : IAsyncLifetime
    {
        public NotificationHost First { get; } = new();

        public NotificationHost Second { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            await First.InitializeAsync();
            Second = new() { On = First.Database, Sns = First.Sns };
            await Second.InitializeAsync();
        }

        public async Task DisposeAsync()
        {
            await Second.DisposeAsync();
            await First.DisposeAsync();
        }
    }
}
