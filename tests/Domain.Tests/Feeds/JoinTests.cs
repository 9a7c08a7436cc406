using QualityIngest.Domain.Feeds.CallRecords;
using QualityIngest.Domain.Feeds.Sales;
using QualityIngest.Domain.Formats.Feeds;
using QualityIngest.Domain.Tenants;
using QualityIngest.TestKit;

namespace QualityIngest.Domain.Tests.Feeds;

/// <summary>What call records and sales are joined to, and by what they are found.</summary>
public sealed class JoinTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const string Calls = """
        conversation_id,customer_id,call_start,call_end,agent_queue_assigned,disposition_category,transfer,disposition_notes,survey_answer,region
        c1,k1,2025-04-10T08:00:00Z,2025-04-10T08:05:00Z,Sales,Resolved,NA,Told her,Fine,west
        c2,k2,2025-04-10T09:00:00Z,2025-04-10T09:05:00Z,Care,Referred,Sales,NULL,NULL,NULL
        NULL,k1,2025-04-10T10:00:00Z,2025-04-10T10:00:00Z,NULL,NULL,NULL,NULL,NULL,NULL
        """;

    private const string Sold = """
        transaction_id,product_id,transaction_time,external_session_id,product_quantity,issue_id,external_customer_id
        t1,p1,2025-04-10T08:00:00Z,s,1,c1,k1
        t1,p2,2025-04-10T09:00:00Z,s,1,NULL,k1
        t2,NULL,2025-04-10T10:00:00Z,s,1,NULL,NULL
        """;

    private CallRecordDirectory Records => new(database.Postgres);

    private SaleDirectory Sales => new(database.Postgres);

    [SkippableFact]
    public async Task A_row_is_joined_whether_its_conversation_comes_before_it_or_after_it()
    {
        var feeds = await Given();
        Assert.All((await Records.List(feeds.Caller, new(), new(50), default)).Items, record => Assert.Null(record.ConversationId));

        var conversation = await feeds.Conversation("c1");

        Assert.Equal([null, null, conversation], (await Records.List(feeds.Caller, new(), new(50), default)).Items.Select(record => record.ConversationId));
        Assert.Equal([null, null, conversation], (await Sales.List(feeds.Caller, new(), new(50), default)).Items.Select(sale => sale.ConversationId));
        Assert.Equal("c1", Assert.Single((await Records.List(feeds.Caller, new() { ConversationId = conversation }, new(50), default)).Items).ExternalConversationId);
        Assert.Equal("p1", Assert.Single((await Sales.List(feeds.Caller, new() { ConversationId = conversation }, new(50), default)).Items).ProductId);
    }

    [SkippableFact]
    public async Task Of_two_conversations_with_one_external_id_neither_is_joined()
    {
        var feeds = await Given();
        var one = await feeds.Conversation("c1", agentPart: "a1");
        await feeds.Conversation("c1", inNamespace: "another");
        Assert.Equal(one, (await Get("c1")).ConversationId);

        var two = await feeds.Conversation("c1", agentPart: "a2");

        var record = await Get("c1");
        Assert.Null(record.ConversationId);
        Assert.Equal(["ambiguous_conversation"], record.Warnings);
        var sale = Assert.Single((await Sales.List(feeds.Caller, new() { IssueId = "c1" }, new(50), default)).Items);
        Assert.Equal((null, SaleAttribution.Conversation), (sale.ConversationId, sale.Attribution));
        Assert.Equal(["ambiguous_conversation"], sale.Warnings);
        foreach (var conversation in new[] { one, two })
        {
            Assert.Empty((await Records.List(feeds.Caller, new() { ConversationId = conversation }, new(50), default)).Items);
            Assert.Empty((await Sales.List(feeds.Caller, new() { ConversationId = conversation }, new(50), default)).Items);
        }

        async Task<CallRecord> Get(string conversation) =>
            (await Records.Get(feeds.Caller, Ids.CallRecord(feeds.Tenant, feeds.Namespace, conversation), default)).Value;
    }

    [SkippableTheory]
    [InlineData("withdrawn")]
    [InlineData("erased")]
    public async Task What_is_hidden_is_joined_to_nothing(string status)
    {
        var feeds = await Given();
        var hidden = await feeds.Conversation("c1", agentPart: "a1", status: status);
        Assert.All((await Records.List(feeds.Caller, new(), new(50), default)).Items, record => Assert.Null(record.ConversationId));
        Assert.Empty((await Records.List(feeds.Caller, new() { ConversationId = hidden }, new(50), default)).Items);

        var seen = await feeds.Conversation("c1");
        Assert.Equal(seen, Assert.Single((await Records.List(feeds.Caller, new() { ConversationId = seen }, new(50), default)).Items).ConversationId);
    }

    [SkippableFact]
    public async Task Call_records_are_found_by_what_they_say()
    {
        var feeds = await Given();

        Assert.Equal("c1", await Found(new() { ExternalConversationId = "c1" }));
        Assert.Equal("- c1", await Found(new() { CustomerId = "k1" }));
        Assert.Equal("c1", await Found(new() { Queue = "Sales" }));
        Assert.Equal("c2", await Found(new() { Disposition = "Referred" }));
        Assert.Equal("c2", await Found(new() { Transferred = true }));
        Assert.Equal("- c1", await Found(new() { Transferred = false }));
        Assert.Equal("- c2 c1", await Found(new() { ConnectorId = feeds.Connector }));
        Assert.Equal("", await Found(new() { ConnectorId = Guid.NewGuid() }));
        Assert.Equal("", await Found(new() { BatchId = Guid.NewGuid() }));
        Assert.Equal("", await Found(new() { ConversationId = Guid.NewGuid() }));
        Assert.Equal("c2", await Found(new() { From = At(9), To = At(10) }));
        Assert.Equal(["zero_duration"], (await Records.List(feeds.Caller, new() { From = At(10) }, new(50), default)).Items.Single().Warnings);

        async Task<string> Found(CallRecordFilter filter) =>
            string.Join(' ', (await Records.List(feeds.Caller, filter, new(50), default)).Items.Select(record => record.ExternalConversationId ?? "-"));
    }

    [SkippableFact]
    public async Task Sales_are_found_by_what_they_say()
    {
        var feeds = await Given();

        Assert.Equal("p1", await Found(new() { IssueId = "c1" }));
        Assert.Equal("p2 p1", await Found(new() { CustomerId = "k1" }));
        Assert.Equal("p2 p1", await Found(new() { TransactionId = "t1" }));
        Assert.Equal("p1", await Found(new() { ProductId = "p1" }));
        Assert.Equal("p1", await Found(new() { Attribution = SaleAttribution.Conversation }));
        Assert.Equal("p2", await Found(new() { Attribution = SaleAttribution.Customer }));
        Assert.Equal("-", await Found(new() { Attribution = SaleAttribution.Unattributed }));
        Assert.Equal("- p2 p1", await Found(new() { ConnectorId = feeds.Connector }));
        Assert.Equal("", await Found(new() { BatchId = Guid.NewGuid() }));
        Assert.Equal("p2", await Found(new() { From = At(9), To = At(10) }));
        Assert.Equal(["unattributed"], (await Sales.List(feeds.Caller, new() { From = At(10) }, new(50), default)).Items.Single().Warnings);

        async Task<string> Found(SaleFilter filter) =>
            string.Join(' ', (await Sales.List(feeds.Caller, filter, new(50), default)).Items.Select(sale => sale.ProductId ?? "-"));
    }

    [SkippableFact]
    public async Task A_batch_has_the_rows_that_its_current_import_shows()
    {
        var feeds = await Given();
        var table = new CallRecordTable();
        var next = await feeds.Import(FeedKind.CallCenterIssues, "2025-04-11");
        await feeds.Store(table, next, "conversation_id,customer_id,call_start,call_end\nc1,k1,2025-04-10T08:00:00Z,2025-04-10T08:05:00Z");
        Assert.Empty((await Records.List(feeds.Caller, new() { BatchId = next.BatchId }, new(50), default)).Items);

        await feeds.Now(next, "current");

        var record = Assert.Single((await Records.List(feeds.Caller, new() { BatchId = next.BatchId }, new(50), default)).Items);
        Assert.Equal(("c1", next.BatchId), (record.ExternalConversationId, record.BatchId));
    }

    [SkippableFact]
    public async Task Pages_go_on_where_the_one_before_them_ended()
    {
        var feeds = await new ArrangedFeeds(database).Begin();
        var rows = Enumerable.Range(0, 25).Select(n => $"c{n},k,2025-04-10T{8 + n / 10:00}:00:00Z,2025-04-10T12:05:00Z");
        await feeds.Shown(
            new CallRecordTable(), await feeds.Import(FeedKind.CallCenterIssues), string.Join('\n', rows.Prepend("conversation_id,customer_id,call_start,call_end")));

        var seen = new List<CallRecord>();
        var page = new PageRequest<Guid>(4);
        while (true)
        {
            var (items, next) = await Records.List(feeds.Caller, new(), page, default);
            seen.AddRange(items);
            if (next is null)
                break;
            page = new(4, next);
        }

        Assert.Equal(25, seen.Select(record => record.Id).Distinct().Count());
        Assert.Equal(seen.OrderByDescending(record => record.CallStart).Select(record => record.CallStart), seen.Select(record => record.CallStart));
    }

    [SkippableFact]
    public async Task What_people_wrote_is_for_those_who_may_read_transcripts()
    {
        var feeds = await Given();
        var id = Ids.CallRecord(feeds.Tenant, feeds.Namespace, "c1");

        var whole = (await Records.Get(feeds.Caller, id, default)).Value;
        var part = (await Records.Get(feeds.Caller with { Scopes = new HashSet<string> { Scopes.ConversationsRead } }, id, default)).Value;

        Assert.Equal(("Told her", "Fine", """{"region":"west"}"""), (whole.DispositionNotes, whole.SurveyAnswer, whole.Attributes?.ToString()));
        Assert.Equal((null, null, null), (part.DispositionNotes, part.SurveyAnswer, part.Attributes));
        Assert.Equal("Resolved", part.DispositionCategory);
    }

    [SkippableFact]
    public async Task Another_tenant_sees_nothing()
    {
        var feeds = await Given();
        var other = await new ArrangedFeeds(database).Begin();

        Assert.Empty((await Records.List(other.Caller, new(), new(50), default)).Items);
        Assert.Empty((await Sales.List(other.Caller, new(), new(50), default)).Items);
        Assert.IsType<Failure.NotFound>((await Records.Get(other.Caller, Ids.CallRecord(feeds.Tenant, feeds.Namespace, "c1"), default)).Failure);
        Assert.IsType<Failure.NotFound>((await Sales.Get(other.Caller, Ids.Sale(feeds.Tenant, feeds.Namespace, "t1", "p1", 1), default)).Failure);
    }

    private static DateTimeOffset At(int hour) => new(2025, 4, 10, hour, 0, 0, TimeSpan.Zero);

    private async Task<ArrangedFeeds> Given()
    {
        var feeds = await new ArrangedFeeds(database).Begin();
        await feeds.Shown(new CallRecordTable(), await feeds.Import(FeedKind.CallCenterIssues), Calls);
        await feeds.Shown(new SaleTable(), await feeds.Import(FeedKind.SalesMethodsAttribution), Sold);
        return feeds;
    }
}
