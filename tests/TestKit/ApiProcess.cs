using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace QualityIngest.TestKit;

/// <summary>
/// The API as a process of its own, as an operator runs it: for the demo, for benchmarks, and for tests that kill it.
/// Its output goes to <see cref="Log"/>. It ends on disposal.
/// </summary>
public sealed class ApiProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Queue<string> _log = new();

    private ApiProcess(Process process, Uri address) => (_process, Address) = (process, address);

    /// <summary>The API's root, with a trailing slash.</summary>
    public Uri Address { get; }

    /// <summary>The process's id.</summary>
    public int Id => _process.Id;

    /// <summary>The last 200 lines that it wrote.</summary>
    public IReadOnlyList<string> Log
    {
        get
        {
            lock (_log)
                return [.. _log];
        }
    }

    /// <summary>Starts the API of this build and waits, at most a minute, until it is ready.</summary>
    /// <param name="settings">Its environment, besides this process's own, e.g. <c>ConnectionStrings__Postgres</c>.</param>
    /// <param name="cancel">Gives up the wait and ends the process.</param>
    public static async Task<ApiProcess> Start(IReadOnlyDictionary<string, string> settings, CancellationToken cancel = default)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}/");
        var start = new ProcessStartInfo("dotnet", [Program()])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        start.Environment["ASPNETCORE_URLS"] = address.ToString();

        var api = new ApiProcess(Process.Start(start)!, address);
        api._process.OutputDataReceived += (_, line) => api.Keep(line.Data);
        api._process.ErrorDataReceived += (_, line) => api.Keep(line.Data);
        api._process.BeginOutputReadLine();
        api._process.BeginErrorReadLine();
        try
        {
            await api.Ready(cancel);
            return api;
        }
        catch
        {
            await api.DisposeAsync();
            throw;
        }
    }

    /// <summary>Kills it as a crash would: nothing of it runs any more when this returns.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to end as an operator would, and kills it after half a minute.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            using var terminate = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                await Kill();
            }
        }

        _process.Dispose();
    }

    private async Task Ready(CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        using var http = new HttpClient { BaseAddress = Address };
        while (true)
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"The API ended with {_process.ExitCode}:\n{string.Join('\n', Log)}");
            try
            {
                using var answer = await http.GetAsync(new Uri("health/ready", UriKind.Relative), patience.Token);
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(50, patience.Token);
        }
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (_log)
        {
            _log.Enqueue(line);
            if (_log.Count > 200)
                _log.Dequeue();
        }
    }

    /// <summary>The API that was built with this program, in the same configuration.</summary>
    private static string Program()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var root = output;
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "QualityIngest.sln")))
            root = root.Parent;
        var program = Path.Combine(
            root?.FullName ?? throw new InvalidOperationException("This program does not run from a checkout."),
            "api", "bin", output.Parent!.Name, output.Name, "QualityIngest.Api.dll");
        return File.Exists(program) ? program : throw new FileNotFoundException("The API is not built: dotnet build", program);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
