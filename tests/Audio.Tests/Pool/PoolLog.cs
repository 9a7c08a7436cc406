using Microsoft.Extensions.Logging;

namespace QualityIngest.Audio.Tests.Pool;

/// <summary>What a pool says: which processes it started, and what became of them.</summary>
internal sealed class PoolLog : ILogger<SoundPool>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly List<int> _started = [];
    private readonly List<string> _warnings = [];
    private readonly SemaphoreSlim _news = new(0);

    /// <summary>The ids of all processes that were started.</summary>
    public IReadOnlyList<int> Processes
    {
        get
        {
            lock (_started)
                return [.. _started];
        }
    }

    /// <summary>What it warned of.</summary>
    public IReadOnlyList<string> Warnings
    {
        get
        {
            lock (_started)
                return [.. _warnings];
        }
    }

    /// <summary>The id of the last process, once so many were started.</summary>
    public async Task<int> Started(int count)
    {
        while (Processes.Count < count)
            Assert.True(await _news.WaitAsync(Patience), "No process was started.");
        return Processes[count - 1];
    }

    public void Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_started)
        {
            if (id.Id == 6001)
                _started.Add((int)((IReadOnlyList<KeyValuePair<string, object?>>)state!)[0].Value!);
            if (level >= LogLevel.Warning)
                _warnings.Add(formatter(state, exception));
        }

        _news.Release();
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public void Dispose() => _news.Dispose();
}
