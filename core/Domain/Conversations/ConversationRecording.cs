using QualityIngest.Domain.Sources;

namespace QualityIngest.Domain.Conversations;

/// <summary>Where one revision's recordings can be read for the moment.</summary>
/// <param name="ConversationId">The conversation's id.</param>
/// <param name="Revision">Which of its revisions, from 1.</param>
/// <param name="Files">One with both parties, or one of each.</param>
public sealed record ConversationRecording(Guid ConversationId, int Revision, IReadOnlyList<RecordingFile> Files);

/// <summary>Where one recording can be read for the moment.</summary>
/// <param name="Side">Whose voice it holds.</param>
/// <param name="Url">
/// With <c>expiresAt</c>, an address that needs no key until then and leads to the recording itself: keep it as secret as the
/// recording. Without, a path of this API, for what lies in no bucket.
/// </param>
/// <param name="ExpiresAt">From when on the address is refused; null: a path of this API.</param>
/// <param name="ContentType">What kind of file it is.</param>
/// <param name="Bytes">Its size when it was measured.</param>
/// <param name="Changed">Whether the object was replaced since it was measured, so that the numbers may not fit it.</param>
public sealed record RecordingFile(
    RecordingSide Side, string Url, DateTimeOffset? ExpiresAt, string ContentType, long Bytes, bool Changed)
{
    /// <summary>Without the address.</summary>
    public override string ToString() => $"RecordingFile({Side}, until {ExpiresAt:O})";
}

/// <summary>A recording that is read through this service. Dispose it to end the reading.</summary>
/// <param name="Object">Its bytes.</param>
/// <param name="ContentType">What kind of file it is.</param>
public sealed record OpenedRecording(SourceObject Object, string ContentType) : IAsyncDisposable
{
    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Object.DisposeAsync();
}
