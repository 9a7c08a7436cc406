using QualityIngest.Domain.Formats.Feeds;

namespace QualityIngest.Domain.Feeds.Sales;

/// <summary>A product of a transaction: what the lines of a sale are numbered within.</summary>
/// <param name="Transaction">The transaction's id.</param>
/// <param name="Product">The product's id; empty: the line names none.</param>
internal sealed record SaleProduct(string Transaction, string Product);

/// <summary>A row of sales that is known by its identity.</summary>
/// <param name="Id">Derived from it.</param>
/// <param name="TransactionLine">Which of the transaction's lines of this product it is, from 1.</param>
/// <param name="Values">One a column of the schema; ids that are empty are absent.</param>
/// <param name="Row">As it was read.</param>
internal sealed record SaleRow(Guid Id, int TransactionLine, IReadOnlyList<object?> Values, FeedRow Row)
{
    private static readonly int Transaction = FeedSchema.SalesMethodsAttribution.IndexOf("transaction_id");
    private static readonly int Product = FeedSchema.SalesMethodsAttribution.IndexOf("product_id");
    private static readonly int[] IdColumns = [.. new[] { "external_customer_id", "issue_id", "product_id" }.Select(FeedSchema.SalesMethodsAttribution.IndexOf)];

    /// <summary>What a row is a line of.</summary>
    public static SaleProduct ProductOf(FeedRow row) => new((string)row.Values[Transaction]!, row.Values[Product] as string ?? "");

    /// <summary>
    /// The rows under their identities: transaction, product, and which row of the two it is. A transaction that is sent again
    /// in another batch is so the same transaction, line by line.
    /// </summary>
    /// <param name="tenant">Whose rows they are.</param>
    /// <param name="namespace">The namespace of their identities.</param>
    /// <param name="rows">The rows in their order.</param>
    /// <param name="stored">How many lines of each product the import holds already.</param>
    public static IReadOnlyList<SaleRow> Of(
        string tenant, string @namespace, IReadOnlyList<FeedRow> rows, IReadOnlyDictionary<SaleProduct, int> stored)
    {
        var lines = new Dictionary<SaleProduct, int>(stored);
        var sales = new List<SaleRow>(rows.Count);
        foreach (var row in rows)
        {
            var product = ProductOf(row);
            var line = lines[product] = lines.GetValueOrDefault(product) + 1;
            sales.Add(new(Ids.Sale(tenant, @namespace, product.Transaction, product.Product, line), line, WithoutEmptyIds(row.Values), row));
        }

        return sales;
    }

    private static object?[] WithoutEmptyIds(IReadOnlyList<object?> values)
    {
        object?[] known = [.. values];
        foreach (var id in IdColumns)
        {
            if (known[id] is "")
                known[id] = null;
        }

        return known;
    }
}
