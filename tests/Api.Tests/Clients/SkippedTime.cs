namespace QualityIngest.Api.Tests.Clients;

/// <summary>A clock on which every wait is over at once, and which remembers how long it would have been.</summary>
internal sealed class SkippedTime : TimeProvider
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The waits, in order; those that end something, an hour and longer or a minute of silence, never end.</summary>
    public List<TimeSpan> Waits { get; } = [];

    /// <summary>From how long on a wait is a time limit, which is never reached.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(60);

    public override DateTimeOffset GetUtcNow() => Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == Timeout.InfiniteTimeSpan || dueTime >= Limit)
            return new Timer();
        lock (Waits)
            Waits.Add(dueTime);
        ThreadPool.QueueUserWorkItem(_ => callback(state));
        return new Timer();
    }

    private sealed class Timer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
