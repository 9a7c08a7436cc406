using QualityIngest.Domain.Feeds;
using QualityIngest.Domain.Feeds.CallRecords;
using QualityIngest.Domain.Formats.Feeds;
using QualityIngest.TestKit;

namespace QualityIngest.Domain.Tests.Feeds;

public sealed class CallRecordTableTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const string Header = "conversation_id,customer_id,call_start,call_end";

    private static readonly FeedKind Calls = FeedKind.CallCenterIssues;

    private readonly CallRecordTable _table = new();

    private CallRecordDirectory Records => new(database.Postgres);

    [SkippableFact]
    public async Task Every_column_comes_back_as_it_was_written()
    {
        var feeds = await new ArrangedFeeds(database, new() { Delimiters = new Dictionary<string, string> { ["transaction_completed"] = ";", ["ivr_intent"] = "|" } }).Begin();
        var import = await feeds.Import(Calls);

        await feeds.Shown(_table, import, """
            customer_id,conversation_id,call_start,call_end,call_assigned_to_agent,customer_type,survey_offered,survey_taken,survey_answer,toll_free_number,ivr_intent,ivr_resolved,ivr_abandoned,agent_queue_assigned,time_in_queue,queue_abandoned,call_handle_time,call_wrap_time,transfer,disposition_category,disposition_notes,transaction_completed,caller_account_value,region
            k1,c1,2025-04-10T08:00:00.123456Z,2025-04-10T08:05:00Z,2025-04-10T08:01:00Z,wireless,true,false,"NULL",888-929-1467,Power Outage,false,true,Wireless Sales,600,false,650,30,Sales Group,Change plan,"Said, no",Upgrade Completed; Payment Processed;,129.450,west
            """);

        var record = Assert.Single((await Records.List(feeds.Caller, new(), new(50), default)).Items);
        var start = new DateTimeOffset(2025, 4, 10, 8, 0, 0, TimeSpan.Zero);
        Assert.Equal(
            new CallRecord(
                Ids.CallRecord(feeds.Tenant, feeds.Namespace, "c1"), null, "c1", feeds.Connector, import.BatchId, (await feeds.File("data.csv")).Id, 2,
                "k1", start.AddMicroseconds(123456), start.AddMinutes(5), start.AddMinutes(1), "wireless", true, false, "NULL", "888-929-1467",
                "Power Outage", false, true, "Wireless Sales", 600, false, 650, 30, "Sales Group", "Change plan", "Said, no",
                "Upgrade Completed; Payment Processed;", 129.450m, record.Lists, record.Attributes, record.Warnings),
            record);
        Assert.Equal("129.450", record.CallerAccountValue!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(["Upgrade Completed", "Payment Processed"], record.Lists["transaction_completed"]);
        Assert.Equal(["Power Outage"], record.Lists["ivr_intent"]);
        Assert.Equal("""{"region":"west"}""", record.Attributes!.ToString());
        Assert.Empty(record.Warnings);
    }

    [SkippableFact]
    public async Task A_later_row_of_one_identity_wins_over_one_that_is_stored_already()
    {
        var feeds = await new ArrangedFeeds(database).Begin();
        var import = await feeds.Import(Calls);
        var first = await feeds.Store(_table, import, $"{Header},transfer\nc1,k1,2025-04-10T08:00:00Z,2025-04-10T08:05:00Z,NA\nc2,k2,2025-04-10T08:00:00Z,2025-04-10T08:05:00Z,Sales");

        var second = await feeds.Store(
            _table, import, $"{Header},transfer\nc1,k1,2025-04-10T08:00:00Z,2025-04-10T08:05:00Z,Sales\nc2,k2,2025-04-10T08:00:00Z,2025-04-10T08:05:00Z,Sales\nc3,k3,2025-04-10T08:00:00Z,2025-04-10T08:05:00Z,", "more.csv");

        Assert.Equal(new(2, 0, 0, []), first with { Refused = [] });
        Assert.Equal((1, 1, 1), (second.Accepted, second.Duplicate, second.Superseded));
        Assert.Equal(3, await feeds.Work(session => _table.Complete(session, import, default)));
        await feeds.Now(import, "current");
        var records = (await Records.List(feeds.Caller, new(), new(50), default)).Items.ToDictionary(record => record.ExternalConversationId!);
        Assert.Equal(("Sales", "more.csv"), (records["c1"].Transfer, await Key(records["c1"])));
        Assert.Equal("data.csv", await Key(records["c2"]));

        async Task<string> Key(CallRecord record) => record.FileId == (await feeds.File("more.csv")).Id ? "more.csv" : "data.csv";
    }

    [SkippableFact]
    public async Task Two_imports_hold_the_same_record_each_for_itself_and_the_latest_that_is_shown_counts()
    {
        var feeds = await new ArrangedFeeds(database).Begin();
        var (later, earlier) = (await feeds.Import(Calls, "2025-04-11"), await feeds.Import(Calls, "2025-04-10", feed: "another"));
        await feeds.Shown(_table, later, $"{Header},disposition_category\nc1,k1,2025-04-10T08:00:00Z,2025-04-10T08:05:00Z,Resolved");
        await feeds.Shown(_table, earlier, $"{Header},disposition_category\nc1,k1,2025-04-10T08:00:00Z,2025-04-10T08:05:00Z,Unresolved\nc2,k1,2025-04-10T09:00:00Z,2025-04-10T09:05:00Z,Referred");

        Assert.Equal(["c2 Referred", "c1 Resolved"], await Dispositions());
        await feeds.Now(later, "retired");
        Assert.Equal(["c2 Referred", "c1 Unresolved"], await Dispositions());
        await feeds.Now(earlier, "retired");
        Assert.Empty(await Dispositions());

        async Task<IEnumerable<string>> Dispositions() =>
            (await Records.List(feeds.Caller, new(), new(50), default)).Items.Select(record => $"{record.ExternalConversationId} {record.DispositionCategory}");
    }

    [SkippableFact]
    public async Task An_import_is_emptied_in_bounded_steps()
    {
        var feeds = await new ArrangedFeeds(database).Begin();
        var (import, other) = (await feeds.Import(Calls), await feeds.Import(Calls));
        await feeds.Store(_table, import, Rows(5));
        await feeds.Store(_table, other, Rows(2));

        Assert.True(await feeds.Work(session => _table.Delete(session, import.Id, 3, default)));
        Assert.Equal(2, await feeds.Work(session => _table.Complete(session, import, default)));
        Assert.False(await feeds.Work(session => _table.Delete(session, import.Id, 3, default)));
        Assert.Equal(0, await feeds.Work(session => _table.Complete(session, import, default)));
        Assert.Equal(2, await feeds.Work(session => _table.Complete(session, other, default)));
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    public async Task The_conversations_of_imports_come_in_pages_and_each_once(int limit)
    {
        var feeds = await new ArrangedFeeds(database).Begin();
        var imports = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            var import = await feeds.Import(Calls);
            await feeds.Store(_table, import, Rows(40, first: 20 * i));
            imports.Add(import.Id);
        }

        // Only every third one exists; one more has a recording that waits, and one a recording that is gone.
        var expected = new List<Guid>();
        for (var i = 0; i < 120; i += 3)
            expected.Add(await feeds.Conversation($"c{i}"));
        expected.Add(await Recording("c1", "staging"));
        await Recording("c2", "retired");

        var found = new List<FeedConversation>();
        while (await Page(found.LastOrDefault()?.Id ?? Guid.Empty) is [_, ..] page)
        {
            Assert.True(page.Count <= limit);
            found.AddRange(page);
        }

        Assert.Equal(await InOrder(expected), found.Select(conversation => conversation.Id));
        Assert.All(found, conversation => Assert.Equal(conversation.Id, Ids.Conversation(feeds.Tenant, feeds.Namespace, "", conversation.ExternalId)));
        var empty = await feeds.Import(Calls);
        Assert.Empty(await feeds.Work(session => _table.Conversations(session, [empty.Id], Guid.Empty, limit, default)));

        Task<IReadOnlyList<FeedConversation>> Page(Guid after) => feeds.Work(session => _table.Conversations(session, imports, after, limit, default));

        async Task<Guid> Recording(string externalId, string state)
        {
            var import = await feeds.Import(FeedKind.CallRecordings);
            var id = Ids.Conversation(feeds.Tenant, feeds.Namespace, "", externalId);
            await feeds.Execute(
                """
                insert into feed_recordings (tenant_id, import_id, conversation_id, external_id, file_id, key, etag, size, last_modified)
                values ($1, $2, $3, $4, $5, 'k', 'e', 1, now())
                """,
                feeds.Tenant, import.Id, id, externalId, (await feeds.File("k")).Id);
            await feeds.Now(import, state);
            return id;
        }
    }

    private async Task<IEnumerable<Guid>> InOrder(IEnumerable<Guid> ids)
    {
        await using var session = await database.Postgres.System(default);
        return await session.Query(new("select id from unnest($1::uuid[]) as t (id) order by id", ids.ToArray()), row => row.GetGuid(0), default);
    }

    private static string Rows(int count, int first = 0) => string.Join(
        '\n', Enumerable.Range(first, count).Select(n => $"c{n},k,2025-04-10T08:00:00Z,2025-04-10T08:05:00Z").Prepend(Header));
}
