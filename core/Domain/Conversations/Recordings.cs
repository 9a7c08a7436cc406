using Microsoft.Extensions.Options;
using QualityIngest.Database;
using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Sources;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Domain.Conversations;

/// <summary>
/// Recordings and what they look like. A recording is read from where its connector read it, with the connector's
/// credentials, and nothing of it is kept here but its outline.
/// </summary>
public sealed class Recordings(
    Postgres postgres, EventStore.EventStore events, ConnectorAccess access, LocatorReader reader, IOptions<RecordingOptions> options)
{
    /// <summary>Where a revision's recordings can be read. Each answer leaves an audit row.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="id">The conversation.</param>
    /// <param name="revision">Which revision; null: the current one.</param>
    /// <param name="path">Where this service serves what lies in no bucket: from the revision and the side.</param>
    /// <param name="cancel">Stops the requests.</param>
    public async Task<Outcome<ConversationRecording>> Get(
        Caller caller, Guid id, int? revision, Func<int, RecordingSide, string> path, CancellationToken cancel)
    {
        var found = await Find(caller, id, revision, cancel);
        if (found.Failure is { } failure)
            return failure;
        var (number, media) = found.Value;
        var files = new List<RecordingFile>(media.Count);
        foreach (var recording in media)
        {
            var file = recording.Place is { Bucket: { } bucket, Key: { } key } place
                ? await Read(caller, recording, source => Sign(source, place, bucket, key, cancel), cancel)
                : new RecordingFile(
                    recording.Place.Side, path(number, recording.Place.Side), null, ContentType(recording.Place), recording.Place.Bytes, Changed: false);
            if (file.Failure is { } unreadable)
                return unreadable;
            files.Add(file.Value);
        }

        await Note(caller, id, number, files.Select(file => file.Side), files.Max(file => file.ExpiresAt), cancel);
        return new ConversationRecording(id, number, files);
    }

    /// <summary>Opens one of a revision's recordings that lies in no bucket, through the outbound guard, and leaves an audit row.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="id">The conversation.</param>
    /// <param name="revision">Which revision; null: the current one.</param>
    /// <param name="side">Which recording.</param>
    /// <param name="cancel">Stops the requests.</param>
    public async Task<Outcome<OpenedRecording>> Open(Caller caller, Guid id, int? revision, RecordingSide side, CancellationToken cancel)
    {
        var found = await Find(caller, id, revision, cancel);
        if (found.Failure is { } failure)
            return failure;
        var (number, media) = found.Value;
        if (media.FirstOrDefault(recording => recording.Place.Side == side) is not { } wanted)
            return new Failure.NotFound();
        if (wanted.Place.Url is not { } url)
            return new Failure.Conflict("recording_in_bucket", "This recording lies in a bucket: ask for its address.");
        var opened = await Read(
            caller, wanted, async source => new OpenedRecording(await reader.Open(source, new HttpsObject(new(url)), maxBytes: null, cancel), ContentType(wanted.Place)), cancel);
        if (opened.Failure is null)
            await Note(caller, id, number, [side], null, cancel);
        return opened;
    }

    /// <summary>What a revision's recording looks like.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="id">The conversation.</param>
    /// <param name="revision">Which revision; null: the current one.</param>
    /// <param name="cancel">Stops the query.</param>
    public async Task<Outcome<ConversationWaveform>> Waveform(Caller caller, Guid id, int? revision, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        var opened = await ConversationRow.Open(session, id, revision, cancel);
        if (opened.Failure is { } failure)
            return failure;
        var (conversation, number) = opened.Value;
        var json = await session.Scalar<string>(
            new Statement(
                "select waveform from conversation_contents where tenant_id = $1 and conversation_id = $2 and revision = $3",
                caller.Tenant, id, number),
            cancel);
        if (json is null)
            return new Failure.Conflict("no_waveform", "This revision has no waveform: it is text, or its recording was not measured.");
        return ConversationWaveform.Of(conversation, number, WaveformJson.Read(json));
    }

    private async Task<Outcome<Found>> Find(Caller caller, Guid id, int? revision, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        var opened = await ConversationRow.Open(session, id, revision, cancel);
        if (opened.Failure is { } failure)
            return failure;
        var number = opened.Value.Number;
        var media = await RevisionMedia.Of(session, events, id, number, cancel);
        return media.Count > 0
            ? new Found(number, media)
            : new Failure.Conflict("no_recording", "This revision has no recording: it is text, or its recording was not measured.");
    }

    private async Task<RecordingFile> Sign(S3Source source, RecordingPlace place, string bucket, string key, CancellationToken cancel)
    {
        var signed = await source.Sign(bucket, key, options.Value.UrlLifetime, place.ContentType, cancel);
        return new(
            place.Side, signed.Address, signed.ExpiresAt, ContentType(place), place.Bytes,
            Changed: place.Etag is not null && signed.ETag is not null && place.Etag != signed.ETag);
    }

    /// <summary>Reads with the access of the connector that read the recording before.</summary>
    private async Task<Outcome<T>> Read<T>(Caller caller, RevisionMedia recording, Func<S3Source, Task<T>> read, CancellationToken cancel)
    {
        try
        {
            return await access.Open(caller.Tenant, recording.Connector, recording.Source, cancel) is { } opened
                ? await read(opened.Source)
                : new Failure.Conflict("connector_removed", "No connector reads this recording's source any more: create one for the same source again.");
        }
        catch (SourceException refused)
        {
            return new Failure.Conflict(
                refused.Failure.Code, $"The recording cannot be read: {refused.Failure.Message} {refused.Failure.Resolution}");
        }
    }

    private async Task Note(
        Caller caller, Guid id, int revision, IEnumerable<RecordingSide> sides, DateTimeOffset? until, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        await session.Execute(
            AuditTrail.Entry(
                caller.Actor, caller.Tenant, "recording.opened", id.ToString(),
                new { revision, sides = sides.Select(DomainJson.Word), expiresAt = until }),
            cancel);
        await session.Commit(cancel);
    }

    private static string ContentType(RecordingPlace place) => place.ContentType ?? "application/octet-stream";

    private sealed record Found(int Revision, IReadOnlyList<RevisionMedia> Media);
}
