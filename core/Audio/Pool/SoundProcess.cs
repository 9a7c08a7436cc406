using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace QualityIngest.Audio;

/// <summary>A running worker, with one file at a time.</summary>
internal sealed class SoundProcess : IAsyncDisposable
{
    private const int WordsKept = 2_000;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    private readonly SoundOptions _options;
    private readonly Process _process;
    private readonly StringBuilder _lastWords = new();

    private SoundProcess(SoundOptions options, Process process)
    {
        (_options, _process) = (options, process);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginErrorReadLine();
    }

    /// <summary>Its id.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it can be given a file.</summary>
    public bool IsReady { get; private set; } = true;

    /// <summary>Whether the last file reached it. Where it did not, the process had ended before, and the file has no part in it.</summary>
    public bool WasAsked { get; private set; }

    /// <summary>The end of what it complained about on its standard error, for the log.</summary>
    public string LastWords
    {
        get
        {
            lock (_lastWords)
                return _lastWords.ToString();
        }
    }

    /// <summary>Starts one.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The program is not there, or the system has no room for a process.</exception>
    public static SoundProcess Start(SoundOptions options, ProcessStartInfo how) => new(options, Process.Start(how)!);

    /// <summary>Has a file read. Whatever prevents a reply ends the process, and <see cref="IsReady"/> is false from then on.</summary>
    /// <param name="file">The file, which stays open meanwhile.</param>
    /// <param name="cancel">Ends the process.</param>
    public async Task<SoundOutcome> Measure(SafeFileHandle file, CancellationToken cancel)
    {
        (IsReady, WasAsked) = (false, false);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(_options.FileTimeout);
        var held = false;
        try
        {
            file.DangerousAddRef(ref held);
            // The child opens what our descriptor stands for: it needs no name, which the file may no longer have.
            await Ask(string.Create(CultureInfo.InvariantCulture, $"/proc/{Environment.ProcessId}/fd/{file.DangerousGetHandle()}\n"), patience.Token);
            WasAsked = true;
            var reply = SoundReply.Read(_process.StandardOutput.BaseStream, _options.Limits, patience.Token);
            while (await Task.WhenAny(reply, Task.Delay(Glance, patience.Token)) != reply)
            {
                patience.Token.ThrowIfCancellationRequested();
                if (Resident() > _options.MemoryBytes)
                    return await Lost($"The process that read it grew beyond {_options.MemoryBytes / (1024 * 1024)} MiB.");
            }

            if (await reply is not { } answer)
                return await Lost("The process that read it gave no sense.");
            IsReady = Resident() <= _options.MemoryBytes;
            return answer.Outcome;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return await Lost($"It was not read within {_options.FileTimeout.TotalSeconds:0.#} s.");
        }
        catch (IOException)
        {
            return await Lost("The process that read it crashed.");
        }
        finally
        {
            if (held)
                file.DangerousRelease();
        }
    }

    /// <summary>Ends it, if it has not ended.</summary>
    public async ValueTask DisposeAsync()
    {
        IsReady = false;
        await End();
        _process.Dispose();
    }

    private async Task Ask(string line, CancellationToken cancel)
    {
        var input = _process.StandardInput.BaseStream;
        await input.WriteAsync(Encoding.ASCII.GetBytes(line), cancel);
        await input.FlushAsync(cancel);
    }

    private async Task<SoundLost> Lost(string reason)
    {
        await End();
        return new SoundLost(reason);
    }

    private async Task End()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }

        await _process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>Its resident memory in bytes; 0 when it has ended.</summary>
    private long Resident()
    {
        try
        {
            var pages = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{_process.Id}/statm")).Split(' ')[1];
            return long.Parse(pages, CultureInfo.InvariantCulture) * Environment.SystemPageSize;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private void Keep(string? line)
    {
        lock (_lastWords)
        {
            if (_lastWords.Length < WordsKept)
                _lastWords.Append(line, 0, Math.Min(line?.Length ?? 0, WordsKept - _lastWords.Length)).Append('\n');
        }
    }
}
