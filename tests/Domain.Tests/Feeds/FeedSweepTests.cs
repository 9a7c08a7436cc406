using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using QualityIngest.Domain.Feeds;
using QualityIngest.Domain.Ingest;
using QualityIngest.TestKit;

namespace QualityIngest.Domain.Tests.Feeds;

/// <summary>Rows that are no longer shown are deleted, whatever else has to stay or cannot be deleted.</summary>
public sealed class FeedSweepTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const string Day = "2026-03-09";

    [SkippableFact]
    public async Task What_has_to_stay_keeps_nothing_behind_it_from_being_deleted()
    {
        var bed = await FeedBed.On(database);
        var folding = await bed.Begin(Day, feed: "folding");
        await bed.Execute("update feed_imports set state = 'current', folding = array[id] where id = $1", folding.Id);
        await bed.Execute(
            """
            insert into feed_imports (id, tenant_id, feed_id, batch_id, connector_id, namespace, kind, partition, snapshot, date, marker, sealed_at, state, files_hash, progress)
            select lpad(n::text, 32, '0')::uuid, tenant_id, feed_id, batch_id, connector_id, namespace, kind, partition, snapshot, date, marker, sealed_at, 'retired', '', '{}'
            from feed_imports cross join generate_series(1, 1001) n where id = $1
            """,
            folding.Id);
        var retired = await bed.Stage(Day, snapshot: false, [FeedBed.Row(2, "c-1", "2026-03-09T10:00:00Z", "Hello")]);
        await bed.Retire(retired);

        await Sweep(bed);

        Assert.Equal("dropped", await bed.Scalar<string>("select state from feed_imports where id = $1", retired.Id));
        Assert.Equal(1_001L, await bed.Scalar<long>("select count(*) from feed_imports where tenant_id = $1 and state = 'retired'", bed.Tenant));
        await bed.Execute("update feed_imports set folding = null where id = $1", folding.Id);
        await Sweep(bed);
        Assert.Equal(0L, await bed.Scalar<long>("select count(*) from feed_imports where tenant_id = $1 and state = 'retired'", bed.Tenant));
    }

    [SkippableFact]
    public async Task What_cannot_be_deleted_keeps_nothing_else_from_being()
    {
        var bed = await FeedBed.On(database);
        var stuck = await bed.Stage(Day, snapshot: false, [FeedBed.Row(2, "c-1", "2026-03-09T10:00:00Z", "Hello")]);
        var retired = await bed.Stage("2026-03-10", snapshot: false, [FeedBed.Row(2, "c-2", "2026-03-10T10:00:00Z", "Hello")]);
        await bed.Retire(stuck);
        await bed.Retire(retired);
        await bed.Execute("create function refuse() returns trigger language plpgsql as $$ begin raise exception 'not now'; end $$");
        await bed.Execute($"create trigger refuse before delete on feed_parts for each row when (old.import_id = '{stuck.Id}') execute function refuse()");

        await Sweep(bed);
        await bed.Execute("drop function refuse cascade");

        Assert.Equal("dropped", await bed.Scalar<string>("select state from feed_imports where id = $1", retired.Id));
        Assert.Equal("retired", await bed.Scalar<string>("select state from feed_imports where id = $1", stuck.Id));
        await Sweep(bed);
        Assert.Equal("dropped", await bed.Scalar<string>("select state from feed_imports where id = $1", stuck.Id));
    }

    private static Task Sweep(FeedBed bed) =>
        new FeedSweep(bed.Postgres, new FeedTables([bed.Messages]), Options.Create(new IngestOptions()), NullLogger<FeedSweep>.Instance).Sweep(default);
}
