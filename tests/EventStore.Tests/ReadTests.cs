using QualityIngest.TestKit;

namespace QualityIngest.EventStore.Tests;

public sealed class ReadTests(TestDatabase database) : StoreTests(database)
{
    [SkippableFact]
    public async Task A_stream_is_folded_in_order()
    {
        var stream = Guid.NewGuid();
        await Append(Events.Store(), Events.Open(stream, "title"), Events.Note(stream, 1, 3));

        await using var reader = await Begin();
        var told = await Events.Store().AggregateStream<string>(
            reader.Transaction, Tenant, stream, (state, data) => data is Opened opened ? opened.Title : $"{state}+{((Noted)data).Number}", Cancel);

        Assert.Equal("title+1+2+3", told);
    }

    [SkippableFact]
    public async Task A_stream_that_does_not_exist_folds_to_nothing()
    {
        await using var reader = await Begin();
        Assert.Empty(await Events.Store().FetchStream(reader.Transaction, Tenant, Guid.NewGuid(), Cancel));
        Assert.Null(await Events.Store().AggregateStream<string>(reader.Transaction, Tenant, Guid.NewGuid(), (_, _) => "", Cancel));
        Assert.Empty(await Events.Store().Lock(reader.Transaction, Tenant, [], Cancel));
    }

    [SkippableFact]
    public async Task All_streams_of_a_type_are_read_whole_over_pages_while_the_transaction_is_free_for_writes()
    {
        var ids = Events.Ids(1_200);
        await Append(Events.Store(), [.. ids.Select((id, n) => Events.Open(id) with { StreamType = "paged" }), .. Events.Ids(3).Select(id => Events.Open(id))]);
        await Append(Events.Store(), Events.Note(ids[3], 1, 6_000) with { StreamType = "paged" });
        await using (var other = await Begin())
        {
            await Events.Store().Append(other.Transaction, "other", [Events.Open(ids[0]) with { StreamType = "paged" }], Cancel);
            await other.Commit();
        }

        await using var reader = await Begin();
        var seen = new List<StreamHistory>();
        await foreach (var history in Events.Store().ReadAll(reader.Transaction, Tenant, "paged", Cancel))
        {
            await reader.Execute("select 1");
            seen.Add(history);
        }

        Assert.Equal(ids, seen.Select(h => h.Stream));
        Assert.Equal(6_001, seen[3].Version);
        Assert.Equal(Enumerable.Range(1, 6_001).Select(v => (long)v), seen[3].Events.Select(e => e.Version));
        Assert.All(seen, h => Assert.Equal((h.Version, Tenant), (h.Events.Count, h.Events[0].Tenant)));
    }
}
