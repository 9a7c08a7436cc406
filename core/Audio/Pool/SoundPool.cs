using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace QualityIngest.Audio;

/// <summary>
/// Has recordings read by child processes of this program, a few at a time: what a hostile file does to the native decoder
/// it does to a process that holds nothing else and can be spared. Each is started when it is first needed and kept; one that
/// dies, hangs or grows is ended, its file is <see cref="SoundLost"/>, and the next file has a new one.
/// </summary>
public sealed partial class SoundPool : ISoundMeter, IAsyncDisposable
{
    private readonly SoundOptions _options;
    private readonly ILogger _logger;
    private readonly ProcessStartInfo _start;
    private readonly SemaphoreSlim _free;
    private readonly ConcurrentStack<SoundProcess> _idle = new();
    private readonly CancellationTokenSource _ended = new();
    private int _disposed;

    /// <summary>Makes a pool; it starts nothing yet.</summary>
    /// <param name="options">Its bounds.</param>
    /// <param name="program">The program that runs <see cref="SoundWorker"/>, where the options name no command.</param>
    /// <param name="logger">Is told of processes that had to be replaced.</param>
    public SoundPool(SoundOptions options, Assembly? program, ILogger<SoundPool> logger)
    {
        (_options, _logger) = (options, logger);
        _start = WorkerStart.For(options, program);
        _free = new(options.Workers, options.Workers);
    }

    /// <inheritdoc/>
    public async Task<SoundOutcome> Measure(SafeFileHandle file, CancellationToken cancel)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, _ended.Token);
        await _free.WaitAsync(either.Token);
        try
        {
            return await MeasureNow(file, either.Token);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Ends the processes, those at work too.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
            return;
        await _ended.CancelAsync();
        for (var taken = 0; taken < _options.Workers; taken++)
            await _free.WaitAsync();
        while (_idle.TryPop(out var process))
            await process.DisposeAsync();
        _free.Dispose();
        _ended.Dispose();
    }

    private async Task<SoundOutcome> MeasureNow(SafeFileHandle file, CancellationToken cancel)
    {
        // One that the system ended while it was idle says nothing about the next file, whenever that shows.
        while (_idle.TryPop(out var idle))
        {
            if (await Measure(idle, isNew: false, file, cancel) is var outcome && idle.WasAsked)
                return outcome;
        }

        try
        {
            var started = SoundProcess.Start(_options, _start);
            LogStarted(started.Id);
            return await Measure(started, isNew: true, file, cancel);
        }
        catch (Win32Exception e)
        {
            LogNotStarted(_start.FileName, e.Message);
            return new SoundLost("No process could be started to read it.");
        }
    }

    private async Task<SoundOutcome> Measure(SoundProcess process, bool isNew, SafeFileHandle file, CancellationToken cancel)
    {
        try
        {
            var outcome = await process.Measure(file, cancel);
            // One that ends as it starts is told of: it may be the program that is wrong.
            if (outcome is SoundLost lost && (isNew || process.WasAsked))
                LogReplaced(process.Id, lost.Reason, process.LastWords);
            return outcome;
        }
        finally
        {
            if (process.IsReady)
                _idle.Push(process);
            else
                await process.DisposeAsync();
        }
    }

    [LoggerMessage(EventId = 6001, Level = LogLevel.Debug, Message = "Process {Process} decodes recordings.")]
    private partial void LogStarted(int process);

    [LoggerMessage(EventId = 6002, Level = LogLevel.Warning, Message = "Process {Process} failed a recording and is replaced if it ended: {Reason} {LastWords}")]
    private partial void LogReplaced(int process, string reason, string lastWords);

    [LoggerMessage(EventId = 6003, Level = LogLevel.Error, Message = "{Program} could not be started to decode recordings: {Reason}")]
    private partial void LogNotStarted(string program, string reason);
}
