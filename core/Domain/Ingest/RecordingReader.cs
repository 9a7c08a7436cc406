using Microsoft.Extensions.Options;
using Microsoft.Win32.SafeHandles;
using QualityIngest.Audio;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Sources;

namespace QualityIngest.Domain.Ingest;

/// <summary>A recording that was fetched and measured, and where it was found.</summary>
public sealed record MeasuredRecording(Sound Sound, RecordingPlace Place);

/// <summary>
/// Fetches recordings and has them measured. Nothing of them is held in memory: they lie in unnamed files, which take no more
/// of the disk than the node's budget.
/// </summary>
public sealed class RecordingReader(
    LocatorReader reader, SoundSpool spool, ISoundMeter meter, IOptions<SourceOptions> sources, IOptions<IngestOptions> options)
{
    private readonly ByteBudget _disk = new(options.Value.SpooledBytes);

    /// <summary>Fetches and measures one recording.</summary>
    /// <param name="bucket">The bucket of the connector that reads it.</param>
    /// <param name="fileKey">The key of the file that its row stands in.</param>
    /// <param name="locator">Where the row says that it lies.</param>
    /// <param name="side">Whose voice it holds.</param>
    /// <param name="other">Where the pair's other recording was found, which this one must not be; null: there is none.</param>
    /// <param name="cancel">Ends the fetch and the measuring.</param>
    /// <exception cref="SourceException">It cannot be had or is not what it should be, and why.</exception>
    public async Task<MeasuredRecording> Read(
        S3Source bucket, string fileKey, string locator, RecordingSide side, RecordingPlace? other, CancellationToken cancel)
    {
        var settings = bucket.Access.Settings;
        var target = Locator.Resolve(locator, settings, settings.Paths.Holding(fileKey).Path);

        using var room = await Room(cancel);
        await using var source = await reader.Open(bucket, target, Limit, cancel);
        var place = new RecordingPlace
        {
            Side = side,
            Bucket = source.At?.Bucket,
            Key = source.At?.Key,
            Url = target is HttpsObject https ? https.Url.OriginalString : null,
            Etag = source.ETag,
            Bytes = source.Size ?? 0,
        };
        if (other is not null && (place.Bucket, place.Key, place.Url) == (other.Bucket, other.Key, other.Url))
            throw new SourceException(RecordingRules.SameRecording);
        var measured = await Measure(source, place, cancel);
        return RecordingRules.Fault(measured.Sound, side) is { } fault ? throw new SourceException(fault) : measured;
    }

    /// <summary>Fetches and measures the very version of a recording that a feed brought; its channels tell whose voices it holds.</summary>
    /// <param name="bucket">The bucket of the connector that found it.</param>
    /// <param name="key">Its exact key there.</param>
    /// <param name="etag">The version.</param>
    /// <param name="cancel">Ends the fetch and the measuring.</param>
    /// <exception cref="SourceException">It cannot be had, is another version by now, or is no recording of two parties.</exception>
    public async Task<MeasuredRecording> Read(S3Source bucket, string key, string? etag, CancellationToken cancel)
    {
        using var room = await Room(cancel);
        await using var source = await bucket.Get(bucket.Bucket, key, etag, Limit, cancel);
        var place = new RecordingPlace { Side = RecordingSide.Stereo, Bucket = bucket.Bucket, Key = key, Etag = source.ETag, Bytes = source.Size ?? 0 };
        var measured = await Measure(source, place, cancel);
        var side = RecordingRules.SideOf(measured.Sound, out var fault);
        return fault is null ? measured with { Place = measured.Place with { Side = side } } : throw new SourceException(fault);
    }

    private long Limit => sources.Value.MaxObjectBytes;

    /// <summary>The room is taken before the connection, which would not wait; how much is needed is only known behind it.</summary>
    private Task<IDisposable> Room(CancellationToken cancel) => _disk.Take(Limit, cancel);

    private async Task<MeasuredRecording> Measure(SourceObject source, RecordingPlace place, CancellationToken cancel)
    {
        using var file = await Spool(source, Limit, cancel);
        await source.DisposeAsync(); // The connection need not wait for the measuring.
        switch (await meter.Measure(file, cancel))
        {
            case SoundMeasured { Sound: var sound }:
                return new(sound, place with { Bytes = RandomAccess.GetLength(file), ContentType = RecordingPlace.MediaType(sound.Format) });
            case SoundRefused refused:
                throw new SourceException(RecordingRules.Unsupported(refused.Reason));
            case SoundLost lost:
                throw new SourceException(RecordingRules.Lost(lost.Reason));
            case var unknown:
                throw new NotSupportedException($"Unknown outcome {unknown.GetType().Name}.");
        }
    }

    private async Task<SafeFileHandle> Spool(SourceObject source, long limit, CancellationToken cancel)
    {
        try
        {
            return await spool.Copy(source.Body, limit, cancel);
        }
        catch (IOException disk)
        {
            throw new SourceException(RecordingRules.SpoolFailed, disk); // What breaks off is told apart by the body itself.
        }
    }
}
