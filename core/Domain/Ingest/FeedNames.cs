using QualityIngest.Domain.Feeds;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Formats.Feeds;

namespace QualityIngest.Domain.Ingest;

/// <summary>What rows of feeds call the conversation that they are about.</summary>
internal static class FeedNames
{
    private static readonly int Message = FeedSchema.Of(FeedKind.HistoricalTranscripts).IndexOf("conversation_externalId");
    private static readonly int Call = FeedSchema.Of(FeedKind.CallCenterIssues).IndexOf("conversation_id");
    private static readonly int Sale = FeedSchema.Of(FeedKind.SalesMethodsAttribution).IndexOf("issue_id");

    /// <summary>The external id that a row gives; null: it gives none.</summary>
    public static string? Of(FeedKind kind, BatchFile file, FormatItem row) => (kind, row) switch
    {
        (FeedKind.CallRecordings, _) => RecordingName.ConversationId(file.Key, out _),
        (_, RejectedRow refused) => refused.ExternalId,
        (FeedKind.HistoricalTranscripts, FeedRow message) => message.Values[Message] as string,
        (FeedKind.CallCenterIssues, FeedRow call) => call.Values[Call] as string,
        (FeedKind.SalesMethodsAttribution, FeedRow sale) => sale.Values[Sale] as string,
        _ => null,
    };
}
