using System.Diagnostics;

namespace QualityIngest.EventStore;

/// <summary>
/// One look for all who would look at the same time: who asks while one is under way, or shortly after it began, gets what it
/// finds. A look that has failed is shared by those who wait for it, and by nobody after them.
/// </summary>
/// <param name="look">A look; it is not cancelled, as others may wait for it.</param>
/// <param name="life">For how long after its beginning a look that has ended is given to whoever asks.</param>
internal sealed class SharedLook(Func<Task<Watermark>> look, TimeSpan life)
{
    private readonly Lock _gate = new();
    private Task<Watermark>? _last;
    private long _began;

    /// <summary>What a look finds.</summary>
    /// <exception cref="OperationCanceledException">The caller waits no longer; the look goes on for others.</exception>
    public Task<Watermark> Get(CancellationToken cancel)
    {
        lock (_gate)
        {
            if (_last is not { } last || (last.IsCompleted && (!last.IsCompletedSuccessfully || Stopwatch.GetElapsedTime(_began) > life)))
                (_began, _last) = (Stopwatch.GetTimestamp(), look());
            return _last.WaitAsync(cancel);
        }
    }
}
