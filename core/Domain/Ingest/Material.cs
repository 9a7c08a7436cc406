using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Formats.Transcripts;
using QualityIngest.Domain.Sources;

namespace QualityIngest.Domain.Ingest;

/// <summary>A revision whose material is to be fetched.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Opened">The connector that reads it.</param>
/// <param name="Row">The revision's row.</param>
/// <param name="FileKey">The key of the file that the row stands in.</param>
/// <param name="Revision">The revision's number.</param>
/// <param name="Warnings">The revision's warnings so far.</param>
/// <param name="CounterpartSource">The source that the other row of a mono pair came from; null: there is no other row.</param>
/// <param name="LastAttempt">Whether nothing is tried again after this.</param>
/// <param name="Words">Where what was said is stored already; null: it is not.</param>
public sealed record MaterialRequest(
    string Tenant, OpenConnector Opened, ParsedConversation Row, string FileKey, int Revision, IReadOnlyList<string> Warnings,
    Guid? CounterpartSource, bool LastAttempt, StoredWords? Words);

/// <summary>What was said in a revision, where it came with its row.</summary>
/// <param name="Conversation">The conversation.</param>
/// <param name="Revision">Its revision.</param>
/// <param name="Bytes">How large it is.</param>
public sealed record StoredWords(Guid Conversation, int Revision, long Bytes);

/// <summary>What came of fetching one revision's material.</summary>
public abstract record MaterialOutcome;

/// <summary>It is read, normalised and measured.</summary>
/// <param name="Events">What was found, and the completion with its numbers, last.</param>
/// <param name="Stored">What is kept of it; null: it is stored already.</param>
/// <param name="Share">The part of the node's byte budget that this holds until it is disposed; null: none.</param>
public sealed record Resolved(IReadOnlyList<object> Events, RevisionMaterial? Stored, IDisposable? Share) : MaterialOutcome;

/// <summary>It cannot be had or read.</summary>
public sealed record Unresolved(SourceFailure Failure) : MaterialOutcome;

/// <summary>What is kept of a revision's material, as JSON; null: there is none.</summary>
/// <param name="Transcript">The canonical transcript, UTF-8.</param>
/// <param name="Waveform">The outline of the sound.</param>
/// <param name="Media">Where each recording was found.</param>
/// <param name="KeepsTranscript">Whether the transcript that is stored already stays.</param>
public sealed record RevisionMaterial(byte[]? Transcript, string? Waveform, string? Media, bool KeepsTranscript = false);

/// <summary>Fetches a conversation's recordings and transcript, and puts together what they tell.</summary>
public sealed class Material(TranscriptReader transcripts, RecordingReader recordings, ConnectorAccess access)
{
    /// <summary>
    /// Fetches one revision's material. A recording is what its row is about: a transcript beside it that cannot be had is
    /// tried again while there are attempts, and then left out with a warning; and so is a recording that a feed brought for a
    /// conversation whose words are there.
    /// </summary>
    public async Task<MaterialOutcome> Fetch(MaterialRequest request, CancellationToken cancel)
    {
        FetchedTranscript? transcript = null;
        try
        {
            SourceFailure? missing = null;
            if (request.Row.Transcript is not null)
            {
                try
                {
                    transcript = await transcripts.Read(request.Opened, request.FileKey, request.Row, cancel);
                }
                catch (SourceException refused) when (HasSound(request.Row) && (request.LastAttempt || !refused.Failure.Retryable))
                {
                    missing = refused.Failure;
                }
            }

            var (measured, unheard) = await Heard(request, cancel);
            if (request.Words is { } words)
                transcript = await transcripts.Read(request.Tenant, words, cancel);
            var resolved = Resolve(request, measured, transcript, missing, unheard);
            transcript = null;
            return resolved;
        }
        catch (SourceException refused)
        {
            return new Unresolved(refused.Failure);
        }
        finally
        {
            transcript?.Share.Dispose();
        }
    }

    private static bool HasSound(ParsedConversation row) => row.RecordingType is not RecordingType.Transcription;

    /// <summary>The recordings, or why there are none beside words that are there.</summary>
    private async Task<(IReadOnlyList<MeasuredRecording> Measured, SourceFailure? Unheard)> Heard(MaterialRequest request, CancellationToken cancel)
    {
        try
        {
            return (await Recordings(request, cancel), null);
        }
        catch (SourceException refused) when (request.Words is not null && IsFinal(refused.Failure, request))
        {
            return ([], refused.Failure);
        }
    }

    /// <summary>Whether it will not be tried again. A connector's failure is: once the connector is repaired.</summary>
    private static bool IsFinal(SourceFailure failure, MaterialRequest request) =>
        failure.Class is not FailureClass.Connector && (request.LastAttempt || !failure.Retryable);

    /// <summary>The recordings in the order agent, customer; one of both parties; or none.</summary>
    private async Task<IReadOnlyList<MeasuredRecording>> Recordings(MaterialRequest request, CancellationToken cancel)
    {
        var row = request.Row;
        switch (row.RecordingType)
        {
            case RecordingType.Stereo:
                return [await recordings.Read(request.Opened.Source, request.FileKey, row.Recording!, RecordingSide.Stereo, other: null, cancel)];
            case RecordingType.Recording:
                return [await recordings.Read(request.Opened.Source, row.Recording!, row.RecordingEtag, cancel)];
            case RecordingType.Mono:
                var agent = await Side(request, MonoSide.Agent, null, cancel);
                var customer = await Side(request, MonoSide.Customer, agent.Place, cancel);
                return RecordingRules.Fault(agent.Sound, customer.Sound) is { } fault ? throw new SourceException(fault) : [agent, customer];
            default:
                return [];
        }
    }

    /// <summary>A party's recording, read as the row that named it would be: the other row may be another connector's.</summary>
    private async Task<MeasuredRecording> Side(MaterialRequest request, MonoSide side, RecordingPlace? other, CancellationToken cancel)
    {
        var locator = MonoPair.Recording(request.Row, side)!;
        var recordingSide = side is MonoSide.Agent ? RecordingSide.Agent : RecordingSide.Customer;
        if (request.Row.Counterpart is not { } counterpart || counterpart.Side != side)
            return await recordings.Read(request.Opened.Source, request.FileKey, locator, recordingSide, other, cancel);
        if (request.CounterpartSource == request.Opened.Connector.SourceId)
            return await recordings.Read(request.Opened.Source, counterpart.FileKey, locator, recordingSide, other, cancel);
        try
        {
            var opened = await access.Open(request.Tenant, counterpart.ConnectorId, request.CounterpartSource, cancel)
                ?? throw new SourceException(ResolveStep.ConnectorRemoved);
            return await recordings.Read(opened.Source, counterpart.FileKey, locator, recordingSide, other, cancel);
        }
        catch (SourceException refused) when (refused.Failure.Class == FailureClass.Connector)
        {
            // The other connector's fault must not stop this one.
            throw new SourceException(refused.Failure with { Class = FailureClass.Item }, refused);
        }
    }

    private static Resolved Resolve(
        MaterialRequest request, IReadOnlyList<MeasuredRecording> measured, FetchedTranscript? transcript, SourceFailure? missing,
        SourceFailure? unheard)
    {
        var (row, revision) = (request.Row, request.Revision);
        var sound = measured switch
        {
            [{ Place.Side: RecordingSide.Mixed } mixed] => CallSound.Of(mixed.Sound),
            [var both] => CallSound.Of(both.Sound, row.AgentChannel, row.CustomerChannel),
            [var agent, var customer] => CallSound.Of(agent.Sound, customer.Sound),
            _ => null,
        };
        var metrics = Measures.Of(row.Channel, row.StartedAt, row.EndedAt, transcript?.Transcript.Utterances, sound);
        List<string> warnings = [.. request.Warnings, .. transcript?.Transcript.Warnings ?? []];
        if (measured is [{ Place.Side: RecordingSide.Mixed }])
            warnings.Add(RecordingWarnings.OneChannel);
        else if (sound is { PartiesKnown: false })
            warnings.Add(RecordingWarnings.ChannelsIdentical);
        else if (sound is not null && row.RecordingType is RecordingType.Recording)
            warnings.Add(RowWarnings.ChannelsDefaulted);
        if (metrics.RecordingMs is { } recordingMs && RecordingRules.LengthDiffers(recordingMs, metrics.DurationMs))
            warnings.Add(RecordingWarnings.DurationDiffers);
        if (missing is not null)
            warnings.Add(RecordingWarnings.TranscriptUnavailable);
        if (unheard is not null)
            warnings.Add(RecordingWarnings.RecordingUnavailable);

        List<object> events = [.. measured.Select(m => Measured(revision, m))];
        var attached = transcript is not null && request.Words is null;
        if (attached)
            events.Add(new TranscriptAttached(revision, transcript!.Transcript.Utterances.Count, transcript.Transcript.SkippedPhrases, transcript.Bytes));
        events.Add(new ConversationCompleted(
            revision, metrics, warnings, missing?.Code, missing?.Message, unheard?.Code, unheard?.Message));
        return new(
            events,
            new(
                attached ? TranscriptJson.Write(transcript!.Transcript) : null,
                sound is null ? null : WaveformJson.Write(sound.Waveform),
                measured is [] ? null : DomainJson.Write(measured.Select(m => m.Place).ToList()),
                KeepsTranscript: request.Words is not null),
            transcript?.Share);
    }

    private static RecordingMeasured Measured(int revision, MeasuredRecording recording)
    {
        var format = recording.Sound.Format;
        return new(
            revision, recording.Place.Side, format.Container, format.Codec, format.Channels, format.SampleRate, recording.Sound.DurationMs,
            recording.Place.Bytes);
    }
}
