using QualityIngest.Domain.Feeds.Sales;
using QualityIngest.Domain.Formats.Feeds;

namespace QualityIngest.Domain.Tests.Feeds;

public sealed class SaleRowTests
{
    private static readonly FeedSchema Schema = FeedSchema.SalesMethodsAttribution;

    [Fact]
    public void The_lines_of_a_transaction_are_numbered_within_a_product()
    {
        var sales = Of([Row("t1", "p1"), Row("t1", "p2"), Row("t1", "p1"), Row("t2", "p1"), Row("t1", "p1")]);

        Assert.Equal([1, 1, 2, 1, 3], sales.Select(sale => sale.TransactionLine));
        Assert.Equal(5, sales.Select(sale => sale.Id).Distinct().Count());
    }

    [Fact]
    public void They_go_on_where_the_import_stands()
    {
        var whole = Of([Row("t1", "p1"), Row("t1", null), Row("t1", "p1"), Row("t1", null)]);

        var rest = SaleRow.Of("t", "n", [Row("t1", "p1"), Row("t1", "")], new Dictionary<SaleProduct, int> { [new("t1", "p1")] = 1, [new("t1", "")] = 1 });

        Assert.Equal(whole.Skip(2).Select(sale => sale.Id), rest.Select(sale => sale.Id));
    }

    [Fact]
    public void An_empty_id_is_none()
    {
        var sale = Assert.Single(Of([Row("t1", "", issue: "", customer: "")]));

        Assert.All(new[] { "product_id", "issue_id", "external_customer_id" }, column => Assert.Null(sale.Values[Schema.IndexOf(column)]));
    }

    private static IReadOnlyList<SaleRow> Of(IReadOnlyList<FeedRow> rows) => SaleRow.Of("t", "n", rows, new Dictionary<SaleProduct, int>());

    private static FeedRow Row(string transaction, string? product, string? issue = null, string? customer = null)
    {
        var values = new object?[Schema.Columns.Count];
        values[Schema.IndexOf("transaction_id")] = transaction;
        values[Schema.IndexOf("product_id")] = product;
        values[Schema.IndexOf("issue_id")] = issue;
        values[Schema.IndexOf("external_customer_id")] = customer;
        return new(1, values, null, []);
    }
}
