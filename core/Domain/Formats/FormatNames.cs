namespace QualityIngest.Domain.Formats;

/// <summary>What a connector's files hold.</summary>
public static class FormatNames
{
    /// <summary>CSV rows that name recordings, transcripts and chat scripts (Kore.ai Quality AI Express).</summary>
    public const string QualityCsv = "quality-csv";

    /// <summary>JSON conversations in files, lines and archives (Avon AI).</summary>
    public const string ConversationJson = "conversation-json";

    /// <summary>Partitioned batches of call records, transcripts, sales and recordings (ASAPP).</summary>
    public const string Feeds = "feeds";
}
