using QualityIngest.Domain.Outbound;

namespace QualityIngest.Domain.Sources;

/// <summary>Opens what a row's locator leads to.</summary>
public sealed class LocatorReader(OutboundGuard guard)
{
    /// <summary>Opens the object, in a bucket with the connector's credentials, elsewhere with none.</summary>
    /// <param name="source">The connector's bucket.</param>
    /// <param name="target">What <see cref="Locator.Resolve"/> made of the locator.</param>
    /// <param name="maxBytes">The largest size in bytes, inclusive; null: the configured one.</param>
    /// <param name="cancellation">Ends the request; the body's reads have their own.</param>
    /// <exception cref="SourceException">It cannot be read, and why; a refused locator too.</exception>
    public Task<SourceObject> Open(S3Source source, LocatorTarget target, long? maxBytes, CancellationToken cancellation) =>
        throw new NotSupportedException(guard.ToString());
}
