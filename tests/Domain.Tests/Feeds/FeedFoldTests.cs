using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Feeds;
using QualityIngest.Domain.Formats.Feeds;
using QualityIngest.TestKit;
using static QualityIngest.Domain.Tests.Feeds.FeedBed;

namespace QualityIngest.Domain.Tests.Feeds;

public sealed class FeedFoldTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const string Whole = "conversation_received transcript_attached conversation_completed";

    [SkippableFact]
    public async Task Messages_of_a_batch_become_whole_conversations()
    {
        var bed = await On(database);

        var counts = await bed.Import(
            "2026-03-01",
            [Row(2, "a", "2026-03-01T10:00:05Z", "I can help.", "agent-7", "agent"), Row(3, "b", "2026-03-01T11:00:00Z", "Anyone?")],
            [Row(2, "a", "2026-03-01T10:00:00Z", "Hello?")]);

        Assert.Equal(new FoldCounts(Received: 2), counts);
        Assert.Equal("customer c-1 Hello?\nagent agent-7 I can help.", await bed.Said("a"));
        Assert.Equal(Whole, await bed.EventsOf("a"));
        Assert.Equal(
            ("completed", "unknown", "en", 5_000L, 2),
            (await bed.Of<string>("a", "status"), await bed.Of<string>("a", "channel"), await bed.Of<string>("a", "language"), await bed.Of<long>("a", "duration_ms"), await bed.Of<int>("a", "agent_words + customer_words - 2")));
    }

    [SkippableFact]
    public async Task A_chat_over_midnight_is_one_conversation_and_a_resealed_day_replaces_its_own_part_alone()
    {
        var bed = await On(database);
        await bed.Import("2026-03-01", [Row(2, "a", "2026-03-01T23:59:00Z", "late"), Row(3, "b", "2026-03-01T12:00:00Z", "noon")]);

        Assert.Equal(new FoldCounts(Revised: 1), await bed.Import("2026-03-02", [Row(2, "a", "2026-03-02T00:01:00Z", "early")]));
        Assert.Equal("customer c-1 late\ncustomer c-1 early", await bed.Said("a"));

        var counts = await bed.Import("2026-03-02", [Row(2, "a", "2026-03-02T00:01:00Z", "corrected"), Row(3, "c", "2026-03-02T01:00:00Z", "new")]);
        Assert.Equal(new FoldCounts(Received: 1, Revised: 1), counts);
        Assert.Equal("customer c-1 late\ncustomer c-1 corrected", await bed.Said("a"));
        Assert.Equal(1, await bed.Of<int>("b", "revision"));
    }

    [SkippableFact]
    public async Task The_same_content_again_is_no_event_whatever_its_files()
    {
        var bed = await On(database);
        await bed.Import("2026-03-01", [Row(2, "a", "2026-03-01T10:00:00Z", "1"), Row(3, "a", "2026-03-01T10:00:01Z", "2")]);

        var counts = await bed.Import("2026-03-01", [Row(2, "a", "2026-03-01T10:00:01Z", "2")], [Row(8, "a", "2026-03-01T10:00:00Z", "1")]);

        Assert.Equal(new FoldCounts(Unchanged: 1), counts);
        Assert.Equal(Whole, await bed.EventsOf("a"));
    }

    [SkippableFact]
    public async Task What_a_resealed_day_drops_is_withdrawn_and_comes_back_with_its_numbers()
    {
        var bed = await On(database);
        FeedRow[] both = [Row(2, "a", "2026-03-01T10:00:00Z", "1"), Row(3, "b", "2026-03-01T10:00:00Z", "2")];
        await bed.Import("2026-03-01", both);

        Assert.Equal(new FoldCounts(Unchanged: 1, Withdrawn: 1), await bed.Import("2026-03-01", both[1..]));
        Assert.Equal("withdrawn", await bed.Of<string>("a", "status"));
        Assert.Equal(new FoldCounts(Unchanged: 1), await bed.Import("2026-03-01", both[1..]));

        Assert.Equal(new FoldCounts(Unchanged: 1, Restored: 1), await bed.Import("2026-03-01", both));
        Assert.Equal($"{Whole} conversation_withdrawn conversation_restored", await bed.EventsOf("a"));
        Assert.Equal(("completed", 1, 1), (await bed.Of<string>("a", "status"), await bed.Of<int>("a", "utterances"), await bed.Of<int>("a", "revision")));
        Assert.True(await bed.Of<bool>("a", "completed_at is not null"));
    }

    [SkippableFact]
    public async Task A_snapshot_that_is_folded_in_one_transaction_is_seen_whole_or_not_at_all()
    {
        var bed = await On(database);
        await bed.Publish(await bed.Stage("2026-03-01", true, [.. Enumerable.Range(0, 30).Select(n => Row(n + 2, $"c{n}", "2026-03-01T10:00:00Z", "old"))]));
        var snapshot = await bed.Stage("2026-03-02", true, [.. Enumerable.Range(10, 30).Select(n => Row(n + 2, $"c{n}", "2026-03-01T10:00:00Z", "new"))]);

        await using (var session = await bed.Postgres.Pipeline(bed.Tenant, default))
        {
            var counts = await bed.FoldAll(session, snapshot, await bed.Show(session, snapshot), page: 7);
            Assert.Equal(new FoldCounts(Received: 10, Revised: 20, Withdrawn: 10), counts);
            Assert.Equal((30L, 30L, 0L), await Seen(bed));
            await session.Commit(default);
        }

        Assert.Equal((30L, 0L, 30L), await Seen(bed));
    }

    [SkippableFact]
    public async Task Two_days_of_the_same_new_conversations_folded_at_once_come_to_both_days_words()
    {
        var bed = await On(database);
        var (one, other) = (await Day(bed, "2026-03-01"), await Day(bed, "2026-03-02"));
        foreach (var import in (FeedImport[])[one, other])
        {
            await using var session = await bed.Postgres.Pipeline(bed.Tenant, default);
            await bed.Show(session, import);
            await session.Commit(default);
        }

        await using var first = await bed.Postgres.Pipeline(bed.Tenant, default);
        await bed.FoldAll(first, one, [one.Id]);
        var second = Task.Run(() => bed.FoldAll(other));
        await Waits(bed);
        await first.Commit(default);

        await Assert.ThrowsAsync<EventStore.ConcurrencyException>(() => second);
        Assert.Equal(new FoldCounts(Unchanged: 20), await bed.FoldAll(other));
        Assert.Equal("customer c-1 2026-03-01\ncustomer c-1 2026-03-02", await bed.Said("c7"));
        Assert.Equal(20, await bed.Scalar<long>("select count(*) from conversations where tenant_id = $1", bed.Tenant));
    }

    [SkippableFact]
    public async Task Two_days_of_the_same_known_conversations_folded_at_once_come_to_both_days_words()
    {
        var bed = await On(database);
        await bed.Publish(await Day(bed, "2026-02-28"));
        var (one, other) = (await Day(bed, "2026-03-01"), await Day(bed, "2026-03-02"));

        await using var first = await bed.Postgres.Pipeline(bed.Tenant, default);
        await bed.Show(first, one);
        Assert.Equal(new FoldCounts(Revised: 20), await bed.FoldAll(first, one, [one.Id]));
        var second = Task.Run(() => bed.Publish(other));
        await Waits(bed);
        await first.Commit(default);

        // The second read its facts once it had the locks: what the first one showed is among them.
        Assert.Equal(new FoldCounts(Revised: 20), await second);
        Assert.Equal("customer c-1 2026-02-28\ncustomer c-1 2026-03-01\ncustomer c-1 2026-03-02", await bed.Said("c7"));
    }

    [SkippableFact]
    public async Task A_fold_waits_for_a_snapshot_of_its_namespace_so_that_two_halves_of_a_conversation_find_each_other()
    {
        var bed = await On(database);
        var calls = await Call(bed, "2026-03-01", "x", "2026-03-01T10:00:00Z", "2026-03-01T10:05:00Z");
        var recordings = await Recording(bed, "2026-03-01", "x", snapshot: true);
        var x = new FeedConversation(Ids.Conversation(bed.Tenant, Namespace, "", "x"), "x");

        await using var snapshot = await bed.Postgres.Pipeline(bed.Tenant, default);
        await bed.Show(snapshot, recordings);
        Assert.Equal(new FoldCounts(), await bed.Fold.Fold(snapshot, recordings, [x], default));
        var second = Task.Run(async () =>
        {
            await using (var shown = await bed.Postgres.Pipeline(bed.Tenant, default))
            {
                await bed.Show(shown, calls);
                await shown.Commit(default);
            }

            await using var session = await bed.Postgres.Pipeline(bed.Tenant, default);
            var counts = await bed.Fold.Fold(session, calls, [x], default);
            await session.Commit(default);
            return counts;
        });
        await Waits(bed);
        await snapshot.Commit(default);

        Assert.Equal(new FoldCounts(Received: 1), await second);
    }

    [SkippableFact]
    public async Task A_recording_waits_for_its_call_record_and_is_measured_then()
    {
        var bed = await On(database);
        var x = new FeedConversation(Ids.Conversation(bed.Tenant, Namespace, "", "x"), "x");
        var recording = await Recording(bed, "2026-03-01", "x");
        Assert.Equal(new FoldCounts(), await Publish(bed, recording, x));

        Assert.Equal(new FoldCounts(Received: 1), await Publish(bed, await Call(bed, "2026-03-02", "x", "2026-03-01T10:00:00Z", "2026-03-01T10:05:00Z"), x));

        Assert.Equal("conversation_received", await bed.EventsOf("x"));
        Assert.Equal(
            ("processing", "voice", "recording", new DateTime(2026, 3, 1, 10, 5, 0, DateTimeKind.Utc)),
            (await bed.Of<string>("x", "status"), await bed.Of<string>("x", "channel"), await bed.Of<string>("x", "recording_type"), await bed.Of<DateTime>("x", "ended_at")));
        Assert.Equal(1, await bed.Scalar<long>("select count(*) from work_items where tenant_id = $1 and kind = 'measure'", bed.Tenant));

        await bed.Retire(recording);
        Assert.Equal(new FoldCounts(Withdrawn: 1), await Publish(bed, await Call(bed, "2026-03-03", "x", "2026-03-01T10:00:00Z", "2026-03-01T10:06:00Z"), x));
    }

    [SkippableFact]
    public async Task The_latest_of_several_call_records_counts_and_makes_it_voice()
    {
        var bed = await On(database);
        var x = new FeedConversation(Ids.Conversation(bed.Tenant, Namespace, "", "x"), "x");
        await Publish(bed, await Recording(bed, "2026-03-01", "x"), x);
        await Publish(bed, await Call(bed, "2026-03-05", "x", "2026-03-01T10:00:00Z", "2026-03-01T10:09:00Z"), x);

        Assert.Equal(new FoldCounts(Unchanged: 1), await Publish(bed, await Call(bed, "2026-03-04", "x", "2026-03-01T10:00:00Z", "2026-03-01T10:01:00Z"), x));
        Assert.Equal(new FoldCounts(Revised: 1), await bed.Import("2026-03-01", [Row(2, "x", "2026-03-01T10:00:30Z", "Hello?")]));
        Assert.Equal(
            ("voice", new DateTime(2026, 3, 1, 10, 0, 30, DateTimeKind.Utc)), (await bed.Of<string>("x", "channel"), await bed.Of<DateTime>("x", "ended_at")));
    }

    [SkippableFact]
    public async Task A_conversation_that_is_too_large_over_its_days_fails_and_says_so()
    {
        var bed = await On(database, new() { ConversationBytes = 150, FoldedBytes = 100 });
        await bed.Import("2026-03-01", [Row(2, "a", "2026-03-01T10:00:00Z", "1"), Row(3, "b", "2026-03-01T10:00:00Z", "1"), Row(4, "b", "2026-03-01T10:00:01Z", "2")]);

        Assert.Equal(new FoldCounts(Revised: 2), await bed.Import("2026-03-02", [Row(2, "a", "2026-03-02T10:00:00Z", "2"), Row(3, "b", "2026-03-02T10:00:00Z", "3")]));

        Assert.Equal(("completed", "failed", FeedCodes.ConversationTooLarge), (await bed.Of<string>("a", "status"), await bed.Of<string>("b", "status"), await bed.Of<string>("b", "error_code")));
        Assert.Equal("Its 3 messages measure 195 bytes; 150 are allowed.", await bed.Of<string>("b", "error_detail"));
        Assert.Null(await bed.Said("b"));
    }

    [SkippableFact]
    public async Task Projecting_the_streams_again_gives_the_same_rows()
    {
        var bed = await On(database);
        FeedRow[] rows = [.. Enumerable.Range(0, 4).Select(n => Row(n + 2, $"c{n}", "2026-03-01T10:00:00Z", "1"))];
        await bed.Import("2026-03-01", rows);
        await bed.Import("2026-03-01", rows[2..]);
        await bed.Import("2026-03-01", [.. rows[1..3], Row(9, "c3", "2026-03-01T11:00:00Z", "2")]);
        await using var session = await bed.Postgres.Pipeline(bed.Tenant, default);
        var all = new Database.Statement(
            "select id, (to_jsonb(v) - '{received_at,updated_at,completed_at}'::text[])::text from conversations v where tenant_id = $1 order by id", bed.Tenant);
        var before = await session.Query(all, row => (Id: row.GetGuid(0), Row: row.GetString(1)), default);

        await session.Execute(new("set local session_replication_role = replica"), default);
        await session.Execute(new("delete from conversations where tenant_id = $1", bed.Tenant), default);
        foreach (var (id, _) in before)
        {
            object[] history = [.. (await bed.Events.FetchStream(session.Transaction, bed.Tenant, id, default)).Select(stored => stored.Data)];
            await ConversationProjection.Write(session.Transaction, bed.Tenant, [ConversationState.Fold(id, history)!], default);
        }

        Assert.Equal(["completed", "completed", "completed", "withdrawn"], before.Select(row => System.Text.Json.JsonDocument.Parse(row.Row).RootElement.GetProperty("status").GetString()).Order());
        Assert.Equal(before, await session.Query(all, row => (row.GetGuid(0), row.GetString(1)), default));
    }

    private static async Task<FeedImport> Day(FeedBed bed, string day) =>
        await bed.Stage(day, false, [.. Enumerable.Range(0, 20).Select(n => Row(n + 2, $"c{n}", $"{day}T10:00:00Z", day))]);

    private static async Task<FoldCounts> Publish(FeedBed bed, FeedImport import, FeedConversation conversation)
    {
        await using var session = await bed.Postgres.Pipeline(bed.Tenant, default);
        await bed.Show(session, import);
        var counts = await bed.Fold.Fold(session, import, [conversation], default);
        await session.Commit(default);
        return counts;
    }

    private static async Task<FeedImport> Recording(FeedBed bed, string partition, string externalId, bool snapshot = false)
    {
        var import = await bed.Begin(partition, FeedKind.CallRecordings, snapshot);
        var file = await bed.File(import);
        await bed.Execute(
            """
            insert into feed_recordings (tenant_id, import_id, conversation_id, external_id, file_id, key, etag, size, last_modified)
            values ($1, $2, $3, $4, $5, $6, $7, 1, now())
            """,
            bed.Tenant, import.Id, Ids.Conversation(bed.Tenant, Namespace, "", externalId), externalId, file.Id, file.Key, file.Etag);
        return import;
    }

    private static async Task<FeedImport> Call(FeedBed bed, string partition, string externalId, string start, string end)
    {
        var import = await bed.Begin(partition, FeedKind.CallCenterIssues);
        var file = await bed.File(import);
        await bed.Execute(
            """
            insert into call_records (
                tenant_id, id, import_id, connector_id, file_id, line, namespace, customer_id, external_id, conversation_id, call_start, call_end)
            values ($1, gen_random_uuid(), $2, $8, $3, 2, $4, 'customer', $5, $9, $6::timestamptz, $7::timestamptz)
            """,
            bed.Tenant, import.Id, file.Id, Namespace, externalId, DateTimeOffset.Parse(start, null), DateTimeOffset.Parse(end, null),
            bed.Connector, Ids.Conversation(bed.Tenant, Namespace, "", externalId));
        return import;
    }

    /// <summary>Until another session waits for a lock in this database.</summary>
    private static async Task Waits(FeedBed bed)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await bed.Scalar<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") == 0)
            await Task.Delay(10, patience.Token);
    }

    private static async Task<(long Shown, long Old, long New)> Seen(FeedBed bed) => (
        await bed.Scalar<long>("select count(*) from conversations where tenant_id = $1 and status <> 'withdrawn'", bed.Tenant),
        await Saying(bed, "old"), await Saying(bed, "new"));

    private static Task<long> Saying(FeedBed bed, string text) => bed.Scalar<long>(
        """
        select count(*) from conversations v
        join conversation_contents c on c.tenant_id = v.tenant_id and c.conversation_id = v.id and c.revision = v.revision
        where v.tenant_id = $1 and v.status <> 'withdrawn' and c.transcript_json ->> 'utterances' like '%"' || $2 || '"%'
        """,
        bed.Tenant, text);
}
