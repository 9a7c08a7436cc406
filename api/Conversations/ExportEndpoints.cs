using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Options;
using QualityIngest.Api.Http;
using QualityIngest.Domain;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Tenants;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace QualityIngest.Api.Conversations;

/// <summary>Exports: every conversation that a filter lets through, as a stream.</summary>
public static class ExportEndpoints
{
    private const string JsonLines = "application/x-ndjson";

    private static readonly string[] Header =
    [
        "id", "externalId", "connectorId", "revision", "status", "channel", "recordingType", "externalQueueId", "queueId", "agentEmail",
        "agentId", "language", "startedAt", "endedAt", "errorCode", "durationMs", "utterances", "turns", "agentMessages", "customerMessages",
        "agentWords", "customerWords", "agentTalkMs", "customerTalkMs", "silenceMs", "longestSilenceMs", "overtalkMs", "interruptions",
        "firstResponseMs", "meanResponseMs", "agentWordsPerMinute", "customerWordsPerMinute", "completedAt", "externalAgentId", "isResolved",
        "csatScore",
        "heldAt", "recordingMs", "agentRmsDbfs", "customerRmsDbfs", "agentPeakDbfs", "customerPeakDbfs", "agentClippedSamples",
        "customerClippedSamples", "agentNoiseFloorDbfs", "customerNoiseFloorDbfs", "agentTalkShare", "customerTalkShare",
        "analyticsLevel", "warnings", "botMessages", "systemMessages", "botWords",
    ];

    /// <summary>Maps the exports.</summary>
    public static void MapExports(this IEndpointRouteBuilder v1)
    {
        var exports = v1.MapGroup("/conversations").WithTags("Conversations");
        exports.MapGet("/export.jsonl", ExportConversations).RequireScope(Scopes.TranscriptsRead).Produces<Stream>(StatusCodes.Status200OK, JsonLines);
        exports.MapGet("/export.csv", ExportConversationTable).RequireScope(Scopes.ConversationsRead).Produces<Stream>(StatusCodes.Status200OK, Csv.MediaType);
    }

    /// <summary>Streams conversations as JSON, one a line, each with its transcript and what else its record says, latest begun first.</summary>
    public static async Task ExportConversations(
        [AsParameters] ConversationQuery query, Caller caller, ConversationDirectory conversations, IOptions<JsonOptions> json,
        HttpResponse response, CancellationToken cancel)
    {
        response.ContentType = JsonLines;
        response.Headers.CacheControl = "no-store";
        await foreach (var (conversation, transcript, members) in conversations.Export(caller, query.Filter, contents: true, cancel))
        {
            await using (var writer = new Utf8JsonWriter(response.BodyWriter, new() { SkipValidation = true }))
            {
                writer.WriteStartObject();
                writer.WritePropertyName("conversation");
                JsonSerializer.Serialize(writer, conversation, json.Value.SerializerOptions);
                writer.WritePropertyName("transcript");
                if (transcript is null)
                    writer.WriteNullValue();
                else
                    writer.WriteRawValue(transcript, skipInputValidation: true);
                writer.WritePropertyName("members");
                if (members is null)
                    writer.WriteNullValue();
                else
                    writer.WriteRawValue(members, skipInputValidation: true);
                writer.WriteEndObject();
            }

            response.BodyWriter.Write("\n"u8);
            await response.BodyWriter.FlushAsync(cancel);
        }
    }

    /// <summary>Streams conversations and their numbers as CSV, latest begun first.</summary>
    public static IResult ExportConversationTable(
        [AsParameters] ConversationQuery query, Caller caller, ConversationDirectory conversations, CancellationToken cancel) =>
        new Csv(Header, Rows(conversations.Export(caller, query.Filter, contents: false, cancel), cancel), "conversations.csv");

    private static async IAsyncEnumerable<IReadOnlyList<object?>> Rows(
        IAsyncEnumerable<ExportedConversation> exported, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var (c, _, _) in exported.WithCancellation(cancel))
        {
            var m = c.Metrics;
            yield return
            [
                c.Id, c.ExternalId, c.ConnectorId, c.Revision, DomainJson.Word(c.Status), DomainJson.Word(c.Channel),
                DomainJson.Word(c.RecordingType), c.ExternalQueueId, c.QueueId, c.AgentEmail, c.AgentId, c.Language, c.StartedAt, c.EndedAt,
                c.ErrorCode, m?.DurationMs, m?.Utterances, m?.Turns, m?.AgentMessages, m?.CustomerMessages, m?.AgentWords, m?.CustomerWords,
                m?.AgentTalkMs, m?.CustomerTalkMs, m?.SilenceMs, m?.LongestSilenceMs, m?.OvertalkMs, m?.Interruptions, m?.FirstResponseMs,
                m?.MeanResponseMs, m?.AgentWordsPerMinute, m?.CustomerWordsPerMinute, c.CompletedAt, c.ExternalAgentId, c.IsResolved, c.CsatScore,
                c.HeldAt, m?.RecordingMs, m?.AgentRmsDbfs, m?.CustomerRmsDbfs, m?.AgentPeakDbfs, m?.CustomerPeakDbfs,
                m?.AgentClippedSamples, m?.CustomerClippedSamples, m?.AgentNoiseFloorDbfs, m?.CustomerNoiseFloorDbfs, m?.AgentTalkShare, m?.CustomerTalkShare,
                DomainJson.Word(c.AnalyticsLevel), string.Join(' ', c.Warnings), m?.BotMessages, m?.SystemMessages, m?.BotWords,
            ];
        }
    }
}
