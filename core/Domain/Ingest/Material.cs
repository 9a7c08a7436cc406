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
/// <param name="Attached">The event of the transcript.</param>
/// <param name="Completed">The event of the numbers.</param>
/// <param name="TranscriptJson">The transcript's canonical JSON; null: it is stored already.</param>
/// <param name="Share">The part of the node's byte budget that this holds until it is disposed; null: none.</param>
public sealed record Resolved(
    TranscriptAttached Attached, ConversationCompleted Completed, string? TranscriptJson, IDisposable? Share) : MaterialOutcome;

/// <summary>It cannot be had or read.</summary>
public sealed record Unresolved(SourceFailure Failure) : MaterialOutcome;

/// <summary>Fetches a conversation's transcript, normalises and measures it. Holds no more bytes than the node's budget, from the fetch until the result is recorded.</summary>
public sealed class Material(LocatorReader reader, IOptions<IngestOptions> options)
{
    private const int PooledBytes = 1_048_576;

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
        IDisposable? share = null;
        try
        {
            var settings = opened.Connector.Settings.Source;
            var target = Locator.Resolve(row.Transcript!, settings, settings.Paths.Holding(fileKey).Path);
            await using var source = await reader.Open(opened.Source, target, maxBytes: null, cancel);
            share = await _budget.Take(source.Size ?? options.Value.FetchedBytes, cancel);
            var (outcome, bytes) = await Read(source, row, cancel);
            if (outcome is Transcript transcript)
            {
                var resolved = Complete(row, transcript, bytes, revision, warnings, share);
                share = null;
                return resolved;
            }

            var error = (TranscriptError)outcome;
            return new Unresolved(new(
                FailureClass.Item, error.Code, $"{error.Message} (at {error.Path}, byte {error.Position})",
                "Mend the transcript and retry the conversation.", Retryable: false));
        }
        catch (SourceException refused)
        {
            return new Unresolved(refused.Failure);
        }
        finally
        {
            share?.Dispose();
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

        // The pool would keep what it once lent: rare large ones are the collector's.
        var pooled = size <= PooledBytes;
        var buffer = pooled ? ArrayPool<byte>.Shared.Rent((int)size) : new byte[size];
        try
        {
            var bytes = buffer.AsMemory(0, (int)size);
            await source.Body.ReadExactlyAsync(bytes, cancel);
            var json = new ReadOnlySequence<byte>(bytes);
            return (row.Channel == Channel.Chat ? ChatScript.Read(json, context) : VoiceTranscript.Read(json, context), size);
        }
        finally
        {
            if (pooled)
                ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static Resolved Complete(
        ParsedConversation row, Transcript transcript, long bytes, int revision, IReadOnlyList<string> warnings, IDisposable share)
    {
        var json = new ArrayBufferWriter<byte>();
        TranscriptJson.Write(json, transcript);
        return new(
            new(revision, transcript.Utterances.Count, transcript.SkippedPhrases, bytes),
            new(revision, Measures.Of(row.Channel, row.StartedAt, row.EndedAt, transcript.Utterances), [.. warnings, .. transcript.Warnings]),
            Encoding.UTF8.GetString(json.WrittenSpan),
            share);
    }
}
