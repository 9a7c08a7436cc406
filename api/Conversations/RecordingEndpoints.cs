using QualityIngest.Api.Http;
using QualityIngest.Domain;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Api.Conversations;

/// <summary>What the sound of calls is asked for: where to hear it, and what it looks like.</summary>
public static class RecordingEndpoints
{
    private const string Unreadable = "the code of the bucket or host that cannot be read, e.g. `object_missing`";

    /// <summary>Maps recordings and waveforms.</summary>
    public static void MapRecordings(this IEndpointRouteBuilder v1)
    {
        var recordings = v1.MapGroup("/conversations/{id:guid}").WithTags("Conversations");
        recordings.MapGet("/recording", GetRecording).RequireScope(Scopes.TranscriptsRead).Refuses("no_recording", "connector_removed", "conversation_withdrawn", "conversation_erased").RefusesLike(StatusCodes.Status409Conflict, Unreadable);
        recordings.MapGet("/recording/{side}", StreamRecording).RequireScope(Scopes.TranscriptsRead).Refuses("no_recording", "recording_in_bucket", "connector_removed", "conversation_withdrawn", "conversation_erased").RefusesLike(StatusCodes.Status409Conflict, Unreadable);
        recordings.MapGet("/waveform", GetWaveform).RequireScope(Scopes.ConversationsRead).Refuses("no_waveform", "conversation_withdrawn", "conversation_erased");
        recordings.MapGet("/waveform.svg", DrawWaveform).RequireScope(Scopes.ConversationsRead).Refuses("no_waveform", "conversation_withdrawn", "conversation_erased");
    }

    /// <summary>
    /// Says where a conversation's recordings can be read for the moment. What lies in a bucket comes from there, under an
    /// address that is signed for some minutes and needs no key; the rest comes through this API.
    /// </summary>
    /// <param name="revision">Which revision; absent: the current one.</param>
    public static async Task<Ok<ConversationRecording>> GetRecording(
        Guid id, int? revision, Caller caller, Recordings recordings, CancellationToken cancel) =>
        (await recordings.Get(caller, id, revision, (number, side) => $"/v1/conversations/{id}/recording/{DomainJson.Word(side)}?revision={number}", cancel)).Ok();

    /// <summary>Streams a recording that lies in no bucket, from the host that its row names.</summary>
    /// <param name="side">Which of its recordings: whose voice it holds.</param>
    /// <param name="revision">Which revision; absent: the current one.</param>
    public static async Task<RecordingStream> StreamRecording(
        Guid id, Word<RecordingSide> side, int? revision, Caller caller, Recordings recordings, CancellationToken cancel) =>
        new(await recordings.Open(caller, id, revision, side.Value, cancel));

    /// <summary>
    /// Gets what a conversation's recording looks like: peaks from 0 (silence) to 255 (full scale), and when who speaks. Where
    /// the header Accept likes <c>image/svg+xml</c> better than JSON, the answer is the picture.
    /// </summary>
    /// <param name="revision">Which revision; absent: the current one.</param>
    public static async Task<WaveformAnswer> GetWaveform(Guid id, int? revision, Caller caller, Recordings recordings, CancellationToken cancel) =>
        new(await recordings.Waveform(caller, id, revision, cancel));

    /// <summary>
    /// Draws what a conversation's recording looks like, as SVG for light and dark pages: the agent above the line, the
    /// customer below, pale where they are silent, with a band where both speak.
    /// </summary>
    /// <param name="revision">Which revision; absent: the current one.</param>
    public static async Task<WaveformPicture> DrawWaveform(Guid id, int? revision, Caller caller, Recordings recordings, CancellationToken cancel) =>
        new(await recordings.Waveform(caller, id, revision, cancel));
}
