using System.Buffers;
using Microsoft.Extensions.Options;
using QualityIngest.Database;
using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Formats.Transcripts;
using QualityIngest.Domain.Sources;

namespace QualityIngest.Domain.Ingest;

/// <summary>A transcript that was fetched and normalised.</summary>
/// <param name="Transcript">What was said.</param>
/// <param name="Bytes">The stored bytes; 0 where nobody told.</param>
/// <param name="Share">The part of the node's byte budget that this holds until it is disposed.</param>
public sealed record FetchedTranscript(Transcript Transcript, long Bytes, IDisposable Share);

/// <summary>Fetches transcripts and normalises them, or reads what is stored. Holds no more bytes than the node's budget, from the fetch until the result is recorded.</summary>
public sealed class TranscriptReader(LocatorReader reader, Postgres postgres, IOptions<IngestOptions> options)
{
    private const int PooledBytes = 1_048_576;

    /// <summary>What was stored was deleted since: whatever comes of the rest is dropped.</summary>
    private static readonly SourceFailure Gone = new(
        FailureClass.Item, "conversation_erased", "The conversation was erased while it was measured.", "There is nothing to do.", Retryable: false);

    private readonly ByteBudget _budget = new(options.Value.FetchedBytes);

    /// <summary>Fetches and normalises the transcript that a row names.</summary>
    /// <param name="opened">The connector that reads it.</param>
    /// <param name="fileKey">The key of the file that the row stands in.</param>
    /// <param name="row">The row.</param>
    /// <param name="cancel">Ends the fetch.</param>
    /// <exception cref="SourceException">It cannot be had or read, and why.</exception>
    public async Task<FetchedTranscript> Read(OpenConnector opened, string fileKey, ParsedConversation row, CancellationToken cancel)
    {
        IDisposable? share = null;
        try
        {
            var settings = opened.Connector.Settings.Source;
            var target = Locator.Resolve(row.Transcript!, settings, settings.Paths.Holding(fileKey).Path);
            await using var source = await reader.Open(opened.Source, target, maxBytes: null, cancel);
            share = await _budget.Take(source.Size ?? options.Value.FetchedBytes, cancel);
            var (outcome, bytes) = await Read(source, row, cancel);
            if (outcome is TranscriptError error)
                throw new SourceException(new(
                    FailureClass.Item, error.Code, $"{error.Message} (at {error.Path}, byte {error.Position})",
                    "Mend the transcript and retry the conversation.", Retryable: false));
            var fetched = new FetchedTranscript((Transcript)outcome, bytes, share);
            share = null;
            return fetched;
        }
        finally
        {
            share?.Dispose();
        }
    }

    /// <summary>Reads what is stored already.</summary>
    public async Task<FetchedTranscript> Read(string tenant, StoredWords words, CancellationToken cancel)
    {
        var share = await _budget.Take(words.Bytes, cancel);
        try
        {
            await using var session = await postgres.Pipeline(tenant, cancel);
            var json = await session.Scalar<byte[]>(
                new Statement(
                    $"select {Contents.Transcript} {Contents.OfRevisions}", tenant, new[] { words.Conversation }, new[] { words.Revision }),
                cancel);
            return json is null ? throw new SourceException(Gone) : new(TranscriptJson.Read(json), words.Bytes, share);
        }
        catch
        {
            share.Dispose();
            throw;
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
}
