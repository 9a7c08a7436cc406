using System.Globalization;

namespace QualityIngest.TestKit.Processes;

/// <summary>
/// The API as a process of its own, as it is deployed: with its own PostgreSQL, unless the settings name one.
/// It can be ended politely or killed, and started again on the same data.
/// </summary>
public sealed class ApiProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    private readonly Dictionary<string, string> environment;
    private Daemon? daemon;
    private int starts;

    private ApiProcess(string directory, Dictionary<string, string> environment, Uri url)
        => (Directory, this.environment, Url) = (directory, environment, url);

    /// <summary>Where it listens, with a trailing slash.</summary>
    public Uri Url { get; }

    /// <summary>Where its data and its log lie; gone when it is disposed.</summary>
    public string Directory { get; }

    /// <summary>What it printed last.</summary>
    public string Log => daemon is null ? "" : string.Join('\n', File.ReadLines(daemon.Output).TakeLast(40));

    /// <summary>Starts one on a free loopback port and waits until it is ready.</summary>
    /// <param name="settings">Configuration by its environment names, e.g. <c>Admin__ApiKey</c>.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="InvalidOperationException">It ended; the message carries what it said.</exception>
    /// <exception cref="TimeoutException">It is not ready within two minutes.</exception>
    public static async Task<ApiProcess> Start(IReadOnlyDictionary<string, string> settings, CancellationToken cancel = default)
    {
        Workplace.Sweep();
        var directory = Workplace.Create();
        var url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}/"));
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = url.AbsoluteUri.TrimEnd('/'),
            ["Data__Directory"] = Path.Combine(directory, "data"),
        };
        foreach (var (name, value) in settings)
            environment[name] = value;

        var api = new ApiProcess(directory, environment, url);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => api.Dispose();
        try
        {
            await api.Restart(cancel);
            return api;
        }
        catch
        {
            api.Dispose();
            throw;
        }
    }

    /// <summary>Starts it again where it was ended, and waits until it is ready.</summary>
    public async Task Restart(CancellationToken cancel = default)
    {
        daemon = Daemon.Start(Directory, string.Create(CultureInfo.InvariantCulture, $"api-{++starts}"), environment, "dotnet", Program());
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        timeout.CancelAfter(Patience);
        try
        {
            while (!await IsReady(timeout.Token))
                await Task.Delay(50, timeout.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"The API is not ready after {Patience.TotalSeconds} seconds:\n{Log}");
        }
    }

    /// <summary>Ends it politely; it has 30 seconds to finish what it does.</summary>
    public void Stop() => daemon?.Terminate(TimeSpan.FromSeconds(30));

    /// <summary>Ends it as a crash would.</summary>
    public void Kill() => daemon?.Kill();

    /// <summary>Ends it politely and removes its data.</summary>
    public void Dispose()
    {
        if (!System.IO.Directory.Exists(Directory))
            return;
        Stop();
        Workplace.Remove(Directory);
    }

    private async Task<bool> IsReady(CancellationToken cancel)
    {
        if (daemon!.HasExited)
            throw new InvalidOperationException($"The API ended:\n{Log}");
        try
        {
            using var answer = await Http.GetAsync(new Uri(Url, "health/ready"), cancel);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // It does not listen yet.
        }
    }

    /// <summary>The built program, in the configuration that this code was built in.</summary>
    private static string Program()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        for (var root = output; root is not null; root = root.Parent)
        {
            if (File.Exists(Path.Combine(root.FullName, "QualityIngest.sln")))
                return Path.Combine(root.FullName, "api", "bin", output.Parent!.Name, output.Name, "QualityIngest.Api.dll");
        }

        throw new InvalidOperationException("The checkout was not found above " + output.FullName);
    }
}
