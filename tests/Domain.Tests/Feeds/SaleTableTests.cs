using QualityIngest.Domain.Feeds.Sales;
using QualityIngest.Domain.Formats.Feeds;
using QualityIngest.TestKit;

namespace QualityIngest.Domain.Tests.Feeds;

public sealed class SaleTableTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const string Header = "transaction_id,product_id,transaction_time,external_session_id,product_quantity,issue_id,external_customer_id";

    private readonly SaleTable _table = new();

    private SaleDirectory Sales => new(database.Postgres);

    [SkippableFact]
    public async Task Every_column_comes_back_as_it_was_written()
    {
        var feeds = await new ArrangedFeeds(database, new() { Delimiters = new Dictionary<string, string> { ["product_category"] = "," } }).Begin();
        var import = await feeds.Import(FeedKind.SalesMethodsAttribution);

        await feeds.Shown(_table, import, """
            transaction_id,transaction_time,transaction_value_one_time,transaction_value_recurring,customer_category,customer_subcategory,external_customer_id,issue_id,external_session_id,product_category,product_subcategory,product_name,product_id,product_quantity,product_value_one_time,product_value_recurring,shop
            t1,2007-04-05T14:30:05.123Z,65.25,7.95,US,wireless,34762720001,1E10412200CC60EEABBF32,s1,"Wireless, Internet",Broadband,Broadband Gold Package,WI-BBGP,1,60.00,-55.00,12
            """);

        var sale = Assert.Single((await Sales.List(feeds.Caller, new(), new(50), default)).Items);
        Assert.Equal(
            new Sale(
                Ids.Sale(feeds.Tenant, feeds.Namespace, "t1", "WI-BBGP", 1), SaleAttribution.Conversation, null, "1E10412200CC60EEABBF32", "34762720001",
                feeds.Connector, import.BatchId, (await feeds.File("data.csv")).Id, 2, "t1", 1,
                new DateTimeOffset(2007, 4, 5, 14, 30, 5, 123, TimeSpan.Zero), 65.25m, 7.95m, "US", "wireless", "s1",
                "Wireless, Internet", "Broadband", "Broadband Gold Package", "WI-BBGP", 1, 60.00m, -55.00m, sale.Lists, sale.Attributes, sale.Warnings),
            sale);
        Assert.Equal(["Wireless", "Internet"], sale.Lists["product_category"]);
        Assert.Equal("""{"shop":"12"}""", sale.Attributes!.ToString());
    }

    [SkippableFact]
    public async Task The_lines_of_a_transaction_go_on_over_chunks_and_are_found_again_in_the_next_batch()
    {
        var feeds = await new ArrangedFeeds(database).Begin();
        var (first, again) = (await feeds.Import(FeedKind.SalesMethodsAttribution, "2025-04-10"), await feeds.Import(FeedKind.SalesMethodsAttribution, "2025-04-11"));
        await feeds.Store(_table, first, Rows("t1,p1,1", "t1,p1,2", "t1,NULL,3"));
        var stored = await feeds.Store(_table, first, Rows("t1,p1,4", "t1,\"\",5", "t2,p1,6"));
        await feeds.Now(first, "current");

        Assert.Equal((3, 0, 0), (stored.Accepted, stored.Duplicate, stored.Superseded));
        Assert.Equal(["t1 1 3", "t1 2 5", "t1 p1 1 1", "t1 p1 2 2", "t1 p1 3 4", "t2 p1 1 6"], await Seen());

        await feeds.Shown(_table, again, Rows("t1,p1,9", "t3,p1,7"));
        Assert.Equal(["t1 1 3", "t1 2 5", "t1 p1 1 9", "t1 p1 2 2", "t1 p1 3 4", "t2 p1 1 6", "t3 p1 1 7"], await Seen());

        async Task<IEnumerable<string>> Seen() =>
            (await Sales.List(feeds.Caller, new(), new(50), default)).Items
                .Select(sale => string.Join(' ', new object?[] { sale.TransactionId, sale.ProductId, sale.TransactionLine, sale.ProductQuantity }.Where(part => part is not null)))
                .Order(StringComparer.Ordinal);
    }

    [SkippableFact]
    public async Task Sales_change_no_conversation_and_are_deleted_with_their_import()
    {
        var feeds = await new ArrangedFeeds(database).Begin();
        var import = await feeds.Import(FeedKind.SalesMethodsAttribution);
        await feeds.Store(_table, import, Rows("t1,p1,1", "t2,p1,1"));

        Assert.Equal(2, await feeds.Work(session => _table.Complete(session, import, default)));
        Assert.Empty(await feeds.Work(session => _table.Conversations(session, [import.Id], Guid.Empty, 10, default)));
        Assert.False(await feeds.Work(session => _table.Delete(session, import.Id, 3, default)));
        Assert.Equal(0, await feeds.Work(session => _table.Complete(session, import, default)));
    }

    /// <summary>Rows of transaction, product and quantity.</summary>
    private static string Rows(params string[] rows) => string.Join('\n', rows.Select(row => row.Split(',')).Select(row =>
        $"{row[0]},{row[1]},2025-04-10T08:00:00Z,s,{row[2]},NULL,k").Prepend(Header));
}
