namespace QualityIngest.Domain.Ingest;

/// <summary>Bounds the bytes that are held at a time, whoever holds them. First come, first served.</summary>
public sealed class ByteBudget(long capacity)
{
    private readonly long _capacity = capacity;
    private readonly Lock _lock = new();
    private readonly Queue<(long Bytes, TaskCompletionSource Granted)> _waiting = new();
    private long _free = capacity;

    /// <summary>Waits until this many bytes are free and takes them. More than the capacity counts as the capacity.</summary>
    public async Task<IDisposable> Take(long bytes, CancellationToken cancel)
    {
        bytes = Math.Min(bytes, _capacity);
        TaskCompletionSource? granted = null;
        lock (_lock)
        {
            if (_waiting.Count == 0 && _free >= bytes)
                _free -= bytes;
            else
                _waiting.Enqueue((bytes, granted = new(TaskCreationOptions.RunContinuationsAsynchronously)));
        }

        if (granted is not null)
        {
            await using var registration = cancel.Register(() => granted.TrySetCanceled(cancel));
            await granted.Task;
        }

        return new Share(this, bytes);
    }

    private void Give(long bytes)
    {
        lock (_lock)
        {
            _free += bytes;
            while (_waiting.TryPeek(out var next) && _free >= next.Bytes)
            {
                _waiting.Dequeue();
                if (next.Granted.TrySetResult())
                    _free -= next.Bytes;
            }
        }
    }

    private sealed class Share(ByteBudget budget, long bytes) : IDisposable
    {
        private int _given;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _given, 1) == 0)
                budget.Give(bytes);
        }
    }
}
