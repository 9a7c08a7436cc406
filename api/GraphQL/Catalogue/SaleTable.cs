using QualityIngest.GraphQL.Catalogue;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.Api.GraphQL.Catalogue;

/// <summary>Sales, as the feeds that are shown have them.</summary>
internal static class SaleTable
{
    public const string Type = "Sale";

    public static void Declare(CatalogueBuilder c, Words words) => c.Table(Type, "A product of a transaction that contacts led to.", "qi.visible_sales", t =>
    {
        t.NodeKey("id").DefaultOrder("TRANSACTION_TIME_DESC");
        t.Text("transactionId", "transaction_id", "The transaction.").NotNull().Filter();
        t.Int("transactionLine", "transaction_line", "Which of the transaction's lines of this product it is, from 1.").NotNull();
        t.Time("transactionTime", "transaction_time", "When it was made.").NotNull().Filter().Order().TimeDimension();
        t.Decimal("transactionValueOneTime", "transaction_value_one_time", "What the transaction brings once.");
        t.Decimal("transactionValueRecurring", "transaction_value_recurring", "What the transaction brings again and again.");
        t.Enum("attribution", "attribution", words.Attribution, "What it names to be attributed to.").NotNull().Filter().Dimension();
        t.Text("namespace", "namespace", "The namespace of external ids that it belongs to.").NotNull().Filter();
        t.Text("externalId", "issue_id", "The source's id of the conversation that it is attributed to.").Filter();
        t.Text("externalCustomerId", "external_customer_id", "The customer that it is attributed to.").Filter();
        t.Text("externalSessionId", "external_session_id", "The session that it was made in.").NotNull().Filter();
        t.Text("customerCategory", "customer_category", "The kind of customer.").Filter().Dimension();
        t.Text("customerSubcategory", "customer_subcategory", "The kind within the kind.").Filter();
        Product(t);
        t.Json("lists", "lists", "Columns for which the connector names a delimiter: each column's texts.");
        FeedRowColumns.Declare(t);
        t.One(
            "conversation", ConversationTable.Type,
            $"{{t}}.tenant_id = {{p}}.tenant_id and {{t}}.namespace = {{p}}.namespace and {{t}}.external_id = {{p}}.issue_id and {ConversationTable.Alone("{t}")}",
            "The conversation that it is attributed to; null: it has not come, or several have its external id.");
    });

    private static void Product(TableBuilder t)
    {
        t.Text("productId", "product_id", "The product.").Filter().Dimension();
        t.Text("productName", "product_name", "Its name.").Filter().Dimension();
        t.Text("productCategory", "product_category", "Its category.").Filter().Dimension();
        t.Text("productSubcategory", "product_subcategory", "The category within the category.").Filter().Dimension();
        t.Long("productQuantity", "product_quantity", "How many.").NotNull().Filter().Metric();
        t.Decimal("productValueOneTime", "product_value_one_time", "What one brings once.");
        t.Decimal("productValueRecurring", "product_value_recurring", "What one brings again and again.");
    }
}
