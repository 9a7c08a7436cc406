using QualityIngest.TestKit;

namespace QualityIngest.EventStore.Tests;

/// <summary>Data of stored events is written over, and nothing else of them.</summary>
public sealed class MaskTests(TestDatabase database) : StoreTests(database)
{
    [SkippableFact]
    public async Task What_is_masked_reads_otherwise_and_stands_where_it_stood()
    {
        var (stream, neighbour) = (Guid.NewGuid(), Guid.NewGuid());
        await Append(Events.Store(), Events.Open(stream, "Ana", new Noted(1)), Events.Open(neighbour, "Ana"));
        var before = await Fetch(stream);

        await Mask(Events.Store(), stream, e => e is Opened opened ? opened with { Title = "" } : e);

        var after = await Fetch(stream);
        Assert.Equal([("", 0), (null, 1)], after.Select(e => ((e.Data as Opened)?.Title, (e.Data as Noted)?.Number ?? 0)));
        Assert.Equal(before.Select(e => (e.Id, e.Sequence, e.Version, e.Type, e.At)), after.Select(e => (e.Id, e.Sequence, e.Version, e.Type, e.At)));
        Assert.Equal("Ana", ((Opened)(await Fetch(neighbour))[0].Data).Title);
    }

    [SkippableFact]
    public async Task The_same_stream_of_another_tenant_is_left_alone()
    {
        var stream = Guid.NewGuid();
        await Append(Events.Store(), Events.Open(stream, "Ana"));
        await using (var other = await Begin())
        {
            await Events.Store().Append(other.Transaction, "other", [Events.Open(stream, "Ben")], Cancel);
            await other.Commit();
        }

        await Mask(Events.Store(), stream, e => (Opened)e with { Title = "" });

        Assert.Equal("Ben", ((Opened)(await Fetch(stream, "other"))[0].Data).Title);
    }

    [SkippableFact]
    public async Task An_event_does_not_become_another()
    {
        var stream = Guid.NewGuid();
        await Append(Events.Store(), Events.Open(stream, "Ana"));

        await Assert.ThrowsAsync<ArgumentException>(() => Mask(Events.Store(), stream, _ => new Closed()));

        Assert.Equal("Ana", ((Opened)(await Fetch(stream))[0].Data).Title);
    }

    private async Task Mask(EventStore store, Guid stream, Func<object, object> mask)
    {
        await using var writer = await Begin();
        await store.Mask(writer.Transaction, Tenant, stream, mask, Cancel);
        await writer.Commit();
    }
}
