using Npgsql;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Domain.Feeds.Sales;

/// <summary>What a sale names to be attributed to.</summary>
public enum SaleAttribution
{
    /// <summary>A conversation, by the source's own id of it.</summary>
    Conversation,

    /// <summary>No conversation, but a customer: whose call records have the same id.</summary>
    Customer,

    /// <summary>Neither.</summary>
    Unattributed,
}

/// <summary>A line of a transaction as a feed of sales tells of it, under the names that the feed has for its columns.</summary>
/// <param name="Id">Its id, derived from its identity: the same whichever batch tells of it.</param>
/// <param name="Attribution">What it names to be attributed to.</param>
/// <param name="ConversationId">The conversation that it names; null: none that is known, or more than one (see the warnings).</param>
/// <param name="IssueId">The source's own id of the conversation.</param>
/// <param name="ExternalCustomerId">The source's own id of the customer: the <c>customerId</c> of call records.</param>
/// <param name="ConnectorId">The connector that brought it.</param>
/// <param name="BatchId">The batch that tells of it: of several the latest.</param>
/// <param name="FileId">The file that its row stands in.</param>
/// <param name="Line">The row's line.</param>
/// <param name="TransactionId">The source's own id of the transaction.</param>
/// <param name="TransactionLine">Which of the transaction's lines of this product it is, from 1.</param>
/// <param name="TransactionTime">When it was made.</param>
/// <param name="TransactionValueOneTime">What the transaction is worth once.</param>
/// <param name="TransactionValueRecurring">What it is worth again and again.</param>
/// <param name="CustomerCategory">The source's word for the kind of customer.</param>
/// <param name="CustomerSubcategory">The same, closer.</param>
/// <param name="ExternalSessionId">The source's own id of the session.</param>
/// <param name="ProductCategory">The kind of product.</param>
/// <param name="ProductSubcategory">The same, closer.</param>
/// <param name="ProductName">The product's name.</param>
/// <param name="ProductId">The source's own id of the product.</param>
/// <param name="ProductQuantity">How many were bought.</param>
/// <param name="ProductValueOneTime">What the product is worth once.</param>
/// <param name="ProductValueRecurring">What it is worth again and again.</param>
/// <param name="Lists">The values of columns for which the connector names a delimiter, by the columns' names.</param>
/// <param name="Attributes">What the row has beside these columns, as written: one JSON object. Null too for a key without <c>transcripts:read</c>.</param>
/// <param name="Warnings">Codes of what was noticed.</param>
public sealed record Sale(
    Guid Id, SaleAttribution Attribution, Guid? ConversationId, string? IssueId, string? ExternalCustomerId,
    Guid ConnectorId, Guid BatchId, Guid FileId, long Line,
    string TransactionId, int TransactionLine, DateTimeOffset TransactionTime, decimal? TransactionValueOneTime, decimal? TransactionValueRecurring,
    string? CustomerCategory, string? CustomerSubcategory, string ExternalSessionId,
    string? ProductCategory, string? ProductSubcategory, string? ProductName, string? ProductId, long ProductQuantity,
    decimal? ProductValueOneTime, decimal? ProductValueRecurring,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Lists, RawJson? Attributes, IReadOnlyList<string> Warnings)
{
    /// <summary>What of it a caller may see: what its source says beside the columns is content, like a transcript.</summary>
    internal Sale For(Caller caller) => caller.Scopes.Contains(Scopes.TranscriptsRead) ? this : this with { Attributes = null };

    /// <summary>Reads a row of <c>Feeds/Sales/List.sql</c>.</summary>
    internal static Sale Read(NpgsqlDataReader row)
    {
        var cells = new FeedCells(row);
        return new(
            cells.Id(), DomainJson.Parse<SaleAttribution>(cells.Required()), cells.Conversation(), cells.Text(), cells.Text(),
            cells.Id(), cells.Id(), cells.Id(), cells.Number(),
            cells.Required(), cells.Small(), cells.Moment(), cells.Maybe<decimal>(), cells.Maybe<decimal>(),
            cells.Text(), cells.Text(), cells.Required(),
            cells.Text(), cells.Text(), cells.Text(), cells.Text(), cells.Number(),
            cells.Maybe<decimal>(), cells.Maybe<decimal>(),
            cells.Lists(), cells.Json(), cells.Warnings());
    }
}
