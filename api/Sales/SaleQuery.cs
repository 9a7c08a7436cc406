using QualityIngest.Api.Http;
using QualityIngest.Domain.Feeds.Sales;

namespace QualityIngest.Api.Sales;

/// <summary>The filters of a list of sales.</summary>
/// <param name="ConversationId">Only those that name this conversation; none where another one bears its external id.</param>
/// <param name="IssueId">Only those that name what the source calls so.</param>
/// <param name="CustomerId">Only those that name this customer, by the source's own id.</param>
/// <param name="TransactionId">Only those of this transaction.</param>
/// <param name="ProductId">Only those of this product.</param>
/// <param name="Attribution">Only those that name this to be attributed to.</param>
/// <param name="ConnectorId">Only those that this connector brought.</param>
/// <param name="BatchId">Only those that this batch tells of.</param>
/// <param name="From">Only those that were made at this time or later.</param>
/// <param name="To">Only those that were made before this time.</param>
public sealed record SaleQuery(
    Guid? ConversationId, string? IssueId, string? CustomerId, string? TransactionId, string? ProductId, Word<SaleAttribution>? Attribution,
    Guid? ConnectorId, Guid? BatchId, Timestamp? From, Timestamp? To)
{
    internal SaleFilter Filter => new()
    {
        ConversationId = ConversationId,
        IssueId = IssueId,
        CustomerId = CustomerId,
        TransactionId = TransactionId,
        ProductId = ProductId,
        Attribution = Attribution?.Value,
        ConnectorId = ConnectorId,
        BatchId = BatchId,
        From = From?.Value,
        To = To?.Value,
    };
}
