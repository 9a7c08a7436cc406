using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace QualityIngest.Api.Tests;

/// <summary>Keeps everything that is logged: the line, its exception, its values and those of its scopes.</summary>
internal sealed class EveryLine(ConcurrentQueue<string> lines) : ILoggerProvider, ISupportExternalScope, ILogger
{
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public ILogger CreateLogger(string categoryName) => this;

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => _scopes.Push(state);

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lines.Enqueue($"{formatter(state, exception)} {exception}");
        Write(state);
        _scopes.ForEachScope((scope, _) => Write(scope), 0);
    }

    public void Dispose()
    {
    }

    private void Write(object? state)
    {
        lines.Enqueue($"{state}");
        if (state is IEnumerable<KeyValuePair<string, object?>> pairs)
            lines.Enqueue(string.Join(' ', pairs.Select(p => $"{p.Key}={p.Value}")));
    }
}
