namespace QualityIngest.Domain.Notifications;

/// <summary>A notification as it came, not believed yet.</summary>
public abstract record IncomingNotification;

/// <summary>A message of SNS, which its signature speaks for.</summary>
/// <param name="Envelope">The message.</param>
public sealed record SnsNotification(SnsEnvelope Envelope) : IncomingNotification;

/// <summary>
/// An event of EventBridge, or the records of a store that sends them itself: nothing in them speaks for them, the API key
/// beside them does.
/// </summary>
/// <param name="Hints">What they are about.</param>
public sealed record PlainNotification(BucketHints Hints) : IncomingNotification;

/// <summary>An object that may have come, changed or gone. A hint: what is true, the store is asked.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Key">The exact key.</param>
public sealed record BucketHint(string Bucket, string Key);

/// <summary>What a notification is about.</summary>
/// <param name="Objects">Objects that may have come, changed or gone.</param>
/// <param name="Others">How many of its records say nothing of that kind.</param>
public sealed record BucketHints(IReadOnlyList<BucketHint> Objects, int Others);
