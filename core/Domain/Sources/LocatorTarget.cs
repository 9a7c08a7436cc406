namespace QualityIngest.Domain.Sources;

/// <summary>Where a row's locator leads.</summary>
public abstract record LocatorTarget;

/// <summary>An object in a bucket that the connector may read: the first of the candidates that exists.</summary>
/// <param name="Candidates">In the order in which they are tried; at least one.</param>
public sealed record BucketObjects(IReadOnlyList<BucketObject> Candidates) : LocatorTarget;

/// <summary>An object behind an HTTPS URL whose host is on the connector's allow-list.</summary>
/// <param name="Url">The URL as given.</param>
public sealed record HttpsObject(Uri Url) : LocatorTarget;

/// <summary>A locator that leads nowhere.</summary>
/// <param name="Code"><c>locator_invalid</c> or <c>locator_not_allowed</c>.</param>
/// <param name="Message">A sentence for people.</param>
public sealed record LocatorRefused(string Code, string Message) : LocatorTarget;

/// <summary>A bucket and an exact key.</summary>
/// <param name="Bucket">The bucket's name.</param>
/// <param name="Key">The exact key.</param>
public sealed record BucketObject(string Bucket, string Key);
