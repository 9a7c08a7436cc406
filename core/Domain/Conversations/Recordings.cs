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
    private static readonly Failure NoRecording = new Failure.Conflict(
        "no_recording", "This revision has no recording: it is text, or its recording was not measured.");

    /// <summary>Where a revision's recordings can be read. Each handed-out address leaves an audit row.</summary>
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
        var (number, places, connector, source) = found.Value;
        try
        {
            var opened = await access.Open(caller.Tenant, connector, source, cancel);
            if (opened is null)
                return Removed();
            var files = new List<RecordingFile>(places.Count);
            foreach (var place in places)
                files.Add(await File(opened, place, side => path(number, side), cancel));
            await Note(caller, id, number, files.Select(file => file.Side), files.Max(file => file.ExpiresAt), cancel);
            return new ConversationRecording(id, number, files);
        }
        catch (SourceException refused)
        {
            return Unreadable(refused.Failure);
        }
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
        var (number, places, connector, source) = found.Value;
        if (places.FirstOrDefault(place => place.Side == side) is not { } wanted)
            return new Failure.NotFound();
        if (wanted.Url is null)
            return new Failure.Conflict("recording_in_bucket", "This recording lies in a bucket: ask for its address.");
        try
        {
            var opened = await access.Open(caller.Tenant, connector, source, cancel);
            if (opened is null)
                return Removed();
            var content = await reader.Open(opened.Source, new HttpsObject(new(wanted.Url)), maxBytes: null, cancel);
            await Note(caller, id, number, [side], null, cancel);
            return new OpenedRecording(content, ContentType(wanted));
        }
        catch (SourceException refused)
        {
            return Unreadable(refused.Failure);
        }
    }

    /// <summary>What a revision's recording looks like.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="id">The conversation.</param>
    /// <param name="revision">Which revision; null: the current one.</param>
    /// <param name="cancel">Stops the query.</param>
    public async Task<Outcome<ConversationWaveform>> Waveform(Caller caller, Guid id, int? revision, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        if (await ConversationRow.Find(session, id, cancel) is not { } conversation || conversation.Number(revision) is not { } number)
            return new Failure.NotFound();
        var json = await session.Scalar<string>(Content("waveform", caller, id, number), cancel);
        if (json is null)
            return new Failure.Conflict("no_waveform", "This revision has no waveform: it is text, or its recording was not measured.");
        var waveform = WaveformJson.Read(json);
        return new ConversationWaveform(
            id, conversation.ExternalId, number, waveform.DurationMs, waveform.BucketMs, waveform.Agent, waveform.Customer, waveform.Overtalk,
            conversation.Version);
    }

    private async Task<RecordingFile> File(OpenConnector opened, RecordingPlace place, Func<RecordingSide, string> path, CancellationToken cancel)
    {
        if (place is not { Bucket: { } bucket, Key: { } key })
            return new(place.Side, path(place.Side), null, ContentType(place), place.Bytes, Changed: false);
        var signed = await opened.Source.Sign(bucket, key, options.Value.UrlLifetime, place.ContentType, cancel);
        return new(
            place.Side, signed.Address, signed.ExpiresAt, ContentType(place), place.Bytes,
            Changed: place.Etag is not null && signed.ETag is not null && place.Etag != signed.ETag);
    }

    private async Task<Outcome<Found>> Find(Caller caller, Guid id, int? revision, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        if (await ConversationRow.Find(session, id, cancel) is not { } conversation || conversation.Number(revision) is not { } number)
            return new Failure.NotFound();
        if (await session.Scalar<string>(Content("media", caller, id, number), cancel) is not { } json)
            return NoRecording;
        var file = conversation.FileId;
        if (number != conversation.Revision)
        {
            var stored = await events.FetchStream(session.Transaction, caller.Tenant, id, cancel);
            file = ConversationState.Fold(id, [.. stored.Select(e => e.Data)])!.Origins[number - 1].FileId;
        }

        var source = await session.Scalar<Guid>(new Statement("select source_id from files where id = $1", file), cancel);
        var places = DomainJson.Read<IReadOnlyList<RecordingPlace>>(json);
        return places.Count == 0 ? NoRecording : new Found(number, places, conversation.ConnectorId, source);
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

    private static Statement Content(string column, Caller caller, Guid id, int revision) => new(
        $"select {column} from conversation_contents where tenant_id = $1 and conversation_id = $2 and revision = $3",
        caller.Tenant, id, revision);

    private static string ContentType(RecordingPlace place) => place.ContentType ?? "application/octet-stream";

    private static Failure.Conflict Removed() =>
        new("connector_removed", "No connector reads this conversation's source any more: create one for the same source again.");

    private static Failure.Conflict Unreadable(SourceFailure failure) =>
        new(failure.Code, $"The recording cannot be read: {failure.Message} {failure.Resolution}");

    private sealed record Found(int Revision, IReadOnlyList<RecordingPlace> Places, Guid Connector, Guid Source);
}
