using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Ingest;
using static QualityIngest.Domain.Tests.Ingest.Decided;

namespace QualityIngest.Domain.Tests.Ingest;

/// <summary>Rows of one mono conversation.</summary>
internal static class PairRows
{
    public static readonly DateTimeOffset Later = Noon.AddHours(1);

    public static ArrivedRow Row(
        string? agent, string? customer, Guid? file = null, string etag = "1", DateTimeOffset? at = null, long line = 2,
        Func<ParsedConversation, ParsedConversation>? change = null)
    {
        var row = new ParsedConversation
        {
            Line = line,
            ExternalId = "m-1",
            QueueId = "Q1",
            AgentEmail = "a@x.example",
            Channel = Channel.Voice,
            RecordingType = RecordingType.Mono,
            StartedAt = Noon,
            EndedAt = Later,
            LanguageAssumed = true,
            AgentRecording = agent,
            CustomerRecording = customer,
            ContentHash = $"{agent}+{customer}",
        };
        row = change?.Invoke(row) ?? row;
        return new(FileA, "namespace", RevisionPolicy.Revise, row, new(file ?? FileA, etag, "a.csv", at ?? Noon, line), new(null, null, [], row.Warnings));
    }
}
