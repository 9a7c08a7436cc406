namespace QualityIngest.Domain.Sources;

/// <summary>One entry of a listing.</summary>
/// <param name="Key">The exact key.</param>
/// <param name="ETag">The entity tag without its quotes.</param>
/// <param name="Size">Stored bytes.</param>
/// <param name="LastModified">When it was stored, by the store's clock.</param>
/// <param name="StorageClass">E.g. <c>STANDARD</c>, <c>GLACIER</c>; empty where the store does not tell.</param>
public sealed record ListedObject(string Key, string ETag, long Size, DateTimeOffset LastModified, string StorageClass);

/// <summary>A whole page of a listing, in the order of the keys' UTF-8 bytes.</summary>
/// <param name="Objects">At most 1,000.</param>
/// <param name="More">Whether keys follow after the last one.</param>
public sealed record ListingPage(IReadOnlyList<ListedObject> Objects, bool More);

/// <summary>
/// An open object. <see cref="Body"/> either delivers every byte that the server announced or throws a
/// <see cref="SourceException"/>; it never ends early. Dispose it to give the connection back.
/// </summary>
public sealed class SourceObject(Stream body, string? eTag, DateTimeOffset? lastModified, long? size, IDisposable? owner = null)
    : IAsyncDisposable
{
    /// <summary>The bucket and key that it was found under; null: it came from an HTTPS server.</summary>
    public BucketObject? At { get; init; }

    /// <summary>The bytes, read once, forwards.</summary>
    public Stream Body { get; } = body;

    /// <summary>The entity tag without its quotes; null where an HTTPS server gives none.</summary>
    public string? ETag { get; } = eTag;

    /// <summary>When it was stored; null where an HTTPS server does not tell.</summary>
    public DateTimeOffset? LastModified { get; } = lastModified;

    /// <summary>Bytes; null where an HTTPS server does not announce them. A bucket always does.</summary>
    public long? Size { get; } = size;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Body.DisposeAsync();
        owner?.Dispose();
    }
}
