using QualityIngest.Domain.Formats.Feeds;

namespace QualityIngest.Domain.Feeds;

/// <summary>What seals a batch.</summary>
/// <param name="Version">Tells it from one that is written over it.</param>
/// <param name="At">When it was written: files of a later time are not sealed by it.</param>
public sealed record BatchMarker(string Version, DateTimeOffset At);

/// <summary>What is to be done with a batch, once its directory is listed. Pure.</summary>
public abstract record SealDecision
{
    private SealDecision()
    {
    }

    /// <summary>Nothing: it waits for a marker, or for a newer one.</summary>
    public sealed record Rest : SealDecision;

    /// <summary>It is sealed: import it.</summary>
    /// <param name="Marker">What seals it.</param>
    /// <param name="Kind">What it holds.</param>
    /// <param name="Begun">Whether its import is begun: then it goes on.</param>
    public sealed record Import(BatchMarker Marker, FeedKind Kind, bool Begun) : SealDecision;

    /// <summary>It is sealed, and nobody says what it holds.</summary>
    public sealed record KindUnknown(BatchMarker Marker) : SealDecision;

    /// <summary>
    /// Decides by the marker that lies in the directory now. A batch that was sealed stays what it was where its marker is
    /// gone, or an older one is put back; a newer marker, or another kind than it was read as, has it imported anew.
    /// </summary>
    /// <param name="state">The batch; null: it is new.</param>
    /// <param name="marker">The marker; null: there is none.</param>
    /// <param name="kind">What the feed holds; null: nobody says.</param>
    public static SealDecision Decide(BatchState? state, BatchMarker? marker, FeedKind? kind)
    {
        var former = state is { Marker: { } version, SealedAt: { } at } ? new BatchMarker(version, at) : null;
        var isNew = marker is not null && marker.Version != former?.Version && !(former?.At > marker.At);
        if ((isNew ? marker : former) is not { } sealing)
            return new Rest();
        if (!isNew && state is not { Status: BatchStatus.Importing } && (kind is null || kind == state!.Kind && state.ErrorCode != FeedCodes.KindUnknown))
            return new Rest();
        if (kind is not { } known)
            return new KindUnknown(sealing);
        return new Import(sealing, known, Begun: !isNew && state!.Kind == known && state.Status == BatchStatus.Importing);
    }
}
