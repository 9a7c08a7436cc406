using System.Buffers;
using System.Text;
using Microsoft.Extensions.Options;
using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Formats.Transcripts;
using QualityIngest.Domain.Sources;

namespace QualityIngest.Domain.Ingest;

/// <summary>What came of fetching one revision's material.</summary>
public abstract record MaterialOutcome;

/// <summary>It is read, normalised and measured.</summary>
public sealed record Resolved(TranscriptAttached Attached, ConversationCompleted Completed, string TranscriptJson) : MaterialOutcome;

/// <summary>It cannot be had or read.</summary>
public sealed record Unresolved(SourceFailure Failure) : MaterialOutcome;

/// <summary>Fetches a conversation's transcript, normalises and measures it. Holds no more bytes than the node's budget.</summary>
public sealed class Material(LocatorReader reader, IOptions<IngestOptions> options)
{
    private readonly ByteBudget _budget = new(options.Value.FetchedBytes);

    /// <summary>Fetches one revision's material.</summary>
    /// <param name="opened">The connector that reads it.</param>
    /// <param name="row">The revision's row.</param>
    /// <param name="fileKey">The key of the file that the row stands in.</param>
    /// <param name="revision">The revision's number.</param>
    /// <param name="warnings">The revision's warnings so far.</param>
    /// <param name="cancel">Ends the fetch.</param>
    public async Task<MaterialOutcome> Fetch(
        OpenConnector opened, ParsedConversation row, string fileKey, int revision, IReadOnlyList<string> warnings, CancellationToken cancel)
    {
        try
        {
            var settings = opened.Connector.Settings.Source;
            var target = Locator.Resolve(row.Transcript!, settings, settings.Paths.Holding(fileKey).Path);
            await using var source = await reader.Open(opened.Source, target, maxBytes: null, cancel);
            using var share = await _budget.Take(source.Size ?? options.Value.FetchedBytes, cancel);
            var (outcome, bytes) = await Read(source, row, cancel);
            return outcome switch
            {
                Transcript transcript => Complete(row, transcript, bytes, revision, warnings),
                TranscriptError error => new Unresolved(new(
                    FailureClass.Item, error.Code, $"{error.Message} (at {error.Path}, byte {error.Position})",
                    "Mend the transcript and retry the conversation.", Retryable: false)),
                _ => throw new NotSupportedException($"Unknown outcome {outcome.GetType().Name}."),
            };
        }
        catch (SourceException refused)
        {
            return new Unresolved(refused.Failure);
        }
    }

    private static async Task<(TranscriptOutcome Outcome, long Bytes)> Read(
        SourceObject source, ParsedConversation row, CancellationToken cancel)
    {
        var context = new TranscriptContext
        {
            StartedAt = row.StartedAt,
            EndedAt = row.EndedAt,
            AgentChannel = row.AgentChannel,
            CustomerChannel = row.CustomerChannel,
        };
        if (source.Size is not { } size)
            return (row.Channel == Channel.Chat
                ? await ChatScript.ReadAsync(source.Body, context, cancel)
                : await VoiceTranscript.ReadAsync(source.Body, context, cancel), 0);

        var buffer = ArrayPool<byte>.Shared.Rent((int)size);
        try
        {
            var bytes = buffer.AsMemory(0, (int)size);
            await source.Body.ReadExactlyAsync(bytes, cancel);
            var json = new ReadOnlySequence<byte>(bytes);
            return (row.Channel == Channel.Chat ? ChatScript.Read(json, context) : VoiceTranscript.Read(json, context), size);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static Resolved Complete(
        ParsedConversation row, Transcript transcript, long bytes, int revision, IReadOnlyList<string> warnings)
    {
        var json = new ArrayBufferWriter<byte>();
        TranscriptJson.Write(json, transcript);
        return new(
            new(revision, transcript.Utterances.Count, transcript.SkippedPhrases, bytes),
            new(revision, Measures.Of(row.Channel, row.StartedAt, row.EndedAt, transcript.Utterances), [.. warnings, .. transcript.Warnings]),
            Encoding.UTF8.GetString(json.WrittenSpan));
    }
}
