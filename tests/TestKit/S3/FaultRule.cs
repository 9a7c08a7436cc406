namespace QualityIngest.TestKit.S3;

/// <summary>Which requests a fault meets: those that match, after the first few, for so many times.</summary>
public sealed class FaultRule
{
    private readonly Func<S3Request, bool> when;
    private readonly int skip;
    private readonly int times;
    private readonly Lock counting = new();
    private int matched;

    internal FaultRule(Func<S3Request, bool> when, Fault fault, int skip, int times)
        => (this.when, Fault, this.skip, this.times) = (when, fault, skip, times);

    /// <summary>How many requests it has met so far.</summary>
    public int Hits
    {
        get
        {
            lock (counting)
                return Math.Clamp(matched - skip, 0, times);
        }
    }

    internal Fault Fault { get; }

    /// <summary>Whether this request is met; counts it.</summary>
    internal bool Meets(S3Request request)
    {
        if (!when(request))
            return false;
        lock (counting)
        {
            // Compared by subtraction: skip plus an unlimited number of times would overflow.
            return matched < int.MaxValue && ++matched > skip && matched - skip <= times;
        }
    }
}
