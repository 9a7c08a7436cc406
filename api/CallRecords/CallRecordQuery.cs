using QualityIngest.Api.Http;
using QualityIngest.Domain.Feeds.CallRecords;

namespace QualityIngest.Api.CallRecords;

/// <summary>The filters of a list of call records.</summary>
/// <param name="ConversationId">Only those about this conversation; none where another one bears its external id.</param>
/// <param name="ExternalConversationId">Only those about what the source calls so.</param>
/// <param name="CustomerId">Only those of this customer, by the source's own id.</param>
/// <param name="ConnectorId">Only those that this connector brought.</param>
/// <param name="BatchId">Only those that this batch tells of.</param>
/// <param name="Queue">Only those that were put into this queue, by the source's name for it.</param>
/// <param name="Disposition">Only those of this disposition category.</param>
/// <param name="Transferred">Only those that were passed on to another queue, or only those that were not.</param>
/// <param name="From">Only those that began at this time or later.</param>
/// <param name="To">Only those that began before this time.</param>
public sealed record CallRecordQuery(
    Guid? ConversationId, string? ExternalConversationId, string? CustomerId, Guid? ConnectorId, Guid? BatchId, string? Queue, string? Disposition,
    bool? Transferred, Timestamp? From, Timestamp? To)
{
    internal CallRecordFilter Filter => new()
    {
        ConversationId = ConversationId,
        ExternalConversationId = ExternalConversationId,
        CustomerId = CustomerId,
        ConnectorId = ConnectorId,
        BatchId = BatchId,
        Queue = Queue,
        Disposition = Disposition,
        Transferred = Transferred,
        From = From?.Value,
        To = To?.Value,
    };
}
