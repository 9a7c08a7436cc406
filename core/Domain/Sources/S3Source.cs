namespace QualityIngest.Domain.Sources;

/// <summary>A connector's bucket, and the other buckets that its rows may refer to, opened for reading.</summary>
public sealed class S3Source
{
    internal S3Source(SourceAccess access) => Access = access;

    /// <summary>What it was opened with.</summary>
    public SourceAccess Access { get; }

    /// <summary>Lists one page of keys under a prefix, in the order of their UTF-8 bytes.</summary>
    /// <param name="bucket">The connector's own bucket.</param>
    /// <param name="prefix">The full prefix with its slash.</param>
    /// <param name="startAfter">Only keys after this one; null: from the start. A crash resumes with the last key it recorded.</param>
    /// <param name="maxKeys">1 to 1,000.</param>
    /// <param name="cancellation">Ends the request.</param>
    /// <exception cref="SourceException">The listing failed or did not arrive whole.</exception>
    public Task<ListingPage> List(string bucket, string prefix, string? startAfter, int maxKeys, CancellationToken cancellation) =>
        throw new NotSupportedException();

    /// <summary>Opens an object.</summary>
    /// <param name="bucket">The connector's own bucket, or one on its allow-list.</param>
    /// <param name="key">The exact key.</param>
    /// <param name="ifMatch">The ETag, without quotes, that it must still have; null: any.</param>
    /// <param name="maxBytes">The largest size in bytes, inclusive; null: the configured one.</param>
    /// <param name="cancellation">Ends the request; the body's reads have their own.</param>
    /// <exception cref="SourceException"><c>object_changed</c>, <c>object_missing</c>, <c>file_too_large</c> …: see <c>S3Failures</c>.</exception>
    public Task<SourceObject> Get(string bucket, string key, string? ifMatch, long? maxBytes, CancellationToken cancellation) =>
        throw new NotSupportedException();

    /// <summary>Asks whether the source can be read again: lists a key under every configured path and reads its first byte.</summary>
    /// <exception cref="SourceException">It still fails, and why.</exception>
    public Task Probe(CancellationToken cancellation) => throw new NotSupportedException();
}
