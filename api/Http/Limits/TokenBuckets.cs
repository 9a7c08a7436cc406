namespace QualityIngest.Api.Http.Limits;

/// <summary>What is left in a bucket.</summary>
/// <param name="Tokens">Whole tokens that can be taken now.</param>
/// <param name="Full">How long until it is full again.</param>
/// <param name="Next">How long until it has a token; zero while it has one.</param>
public readonly record struct BucketLevel(long Tokens, TimeSpan Full, TimeSpan Next);

/// <summary>
/// Token buckets by name, of one size. A bucket that is full is as good as none, so that memory holds only those in use; when
/// there are too many of these, the fullest are forgotten first, which favours nobody who was refused.
/// </summary>
/// <param name="rate">Tokens that come back a second; above 0.</param>
/// <param name="burst">Tokens of a full bucket.</param>
/// <param name="capacity">The most buckets.</param>
/// <param name="time">Tells how much time has passed.</param>
public sealed class TokenBuckets<TName>(double rate, int burst, int capacity, TimeProvider time) where TName : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TName, (double Tokens, long At)> _buckets = [];

    /// <summary>How many buckets are in use.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _buckets.Count;
        }
    }

    /// <summary>Takes a token. False: there is none.</summary>
    public bool Take(TName name, out BucketLevel level)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            var tokens = Tokens(name, now);
            var taken = tokens >= 1;
            if (taken)
            {
                tokens--;
                if (_buckets.Count >= capacity && !_buckets.ContainsKey(name))
                    MakeRoom(now);
                _buckets[name] = (tokens, now);
            }

            level = Level(tokens);
            return taken;
        }
    }

    private double Tokens(TName name, long now) =>
        _buckets.TryGetValue(name, out var bucket)
            ? Math.Min(burst, bucket.Tokens + (time.GetElapsedTime(bucket.At, now).TotalSeconds * rate))
            : burst;

    private BucketLevel Level(double tokens) => new(
        (long)tokens, TimeSpan.FromSeconds((burst - tokens) / rate), tokens >= 1 ? TimeSpan.Zero : TimeSpan.FromSeconds((1 - tokens) / rate));

    // A tenth at once, so that a flood of names does not sort the table for each of them.
    private void MakeRoom(long now)
    {
        foreach (var (name, _) in _buckets.Select(bucket => (bucket.Key, Tokens: Tokens(bucket.Key, now))).OrderByDescending(bucket => bucket.Tokens).Take(Math.Max(1, capacity / 10)).ToList())
            _buckets.Remove(name);
    }
}
