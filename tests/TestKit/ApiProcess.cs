using System.Globalization;
using QualityIngest.TestKit.Processes;

namespace QualityIngest.TestKit;

/// <summary>
/// The API as a process of its own, as an operator runs it: for the demo, for benchmarks, and for tests that kill it.
/// It has its own PostgreSQL, unless the settings name one, and can be started again on the same data after its end.
/// </summary>
public sealed class ApiProcess : IAsyncDisposable
{
    private const int LinesOfLog = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Dictionary<string, string> environment;
    private readonly EventHandler atExit;
    private Daemon? daemon;
    private int starts;

    private ApiProcess(string directory, Dictionary<string, string> environment, Uri address)
    {
        (Directory, this.environment, Address) = (directory, environment, address);
        atExit = (_, _) => End();
        AppDomain.CurrentDomain.ProcessExit += atExit;
    }

    /// <summary>The API's root, with a trailing slash.</summary>
    public Uri Address { get; }

    /// <summary>Where its output and, unless the settings say otherwise, its data lie; removed on disposal.</summary>
    public string Directory { get; }

    /// <summary>The process's id.</summary>
    public int Id => daemon?.Pid ?? 0;

    /// <summary>The last 200 lines that it wrote since it was last started.</summary>
    public IReadOnlyList<string> Log => daemon is null ? [] : [.. File.ReadLines(daemon.Output).TakeLast(LinesOfLog)];

    /// <summary>Starts the API of this build on a free loopback port and waits, at most two minutes, until it is ready.</summary>
    /// <param name="settings">Its environment, besides this process's own, e.g. <c>ConnectionStrings__Postgres</c>.</param>
    /// <param name="cancel">Gives up the wait and ends the process.</param>
    /// <exception cref="InvalidOperationException">It ended; the message carries what it said.</exception>
    /// <exception cref="TimeoutException">It is not ready in time.</exception>
    public static async Task<ApiProcess> Start(IReadOnlyDictionary<string, string> settings, CancellationToken cancel = default)
    {
        Workplace.Sweep();
        var directory = Workplace.Create();
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}/"));
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = address.AbsoluteUri.TrimEnd('/'),
            ["Data__Directory"] = Path.Combine(directory, "data"),
        };
        foreach (var (name, value) in settings)
            environment[name] = value;

        var api = new ApiProcess(directory, environment, address);
        try
        {
            await api.Restart(cancel);
            return api;
        }
        catch
        {
            await api.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it again after its end, at the same address and on the same data, and waits until it is ready.</summary>
    public async Task Restart(CancellationToken cancel = default)
    {
        daemon = Daemon.Start(Directory, string.Create(CultureInfo.InvariantCulture, $"api-{++starts}"), environment, "dotnet", Program());
        using var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(10) };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            while (!await IsReady(http, patience.Token))
                await Task.Delay(50, patience.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"The API is not ready after {Patience.TotalMinutes} minutes:\n{string.Join('\n', Log)}");
        }
    }

    /// <summary>Kills it as a crash would: nothing of it runs any more when this returns, save a PostgreSQL of its own.</summary>
    public Task Kill() => Task.Run(() => daemon?.Kill());

    /// <summary>Asks it to end as an operator would, and kills it after half a minute.</summary>
    public Task Stop() => Task.Run(() => daemon?.Terminate(TimeSpan.FromSeconds(30)));

    /// <summary>Stops it and removes its data.</summary>
    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= atExit;
        await Task.Run(End);
    }

    private void End()
    {
        daemon?.Terminate(TimeSpan.FromSeconds(30));
        Workplace.Remove(Directory);
    }

    private async Task<bool> IsReady(HttpClient http, CancellationToken cancel)
    {
        if (daemon!.HasExited)
            throw new InvalidOperationException($"The API ended:\n{string.Join('\n', Log)}");
        try
        {
            using var answer = await http.GetAsync(new Uri("health/ready", UriKind.Relative), cancel);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // It does not listen yet.
        }
    }

    /// <summary>The API that was built with this program, in the same configuration.</summary>
    private static string Program()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(Checkout.Root, "api", "bin", output.Parent!.Name, output.Name, "QualityIngest.Api.dll");
        return File.Exists(program) ? program : throw new FileNotFoundException("The API is not built: dotnet build", program);
    }
}
