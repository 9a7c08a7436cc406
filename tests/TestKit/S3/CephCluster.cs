using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using QualityIngest.TestKit.Processes;

namespace QualityIngest.TestKit.S3;

/// <summary>
/// A Ceph object gateway in memory: a real S3 and STS server, up in about two seconds, gone with its process.
/// It needs the Debian packages <see cref="Packages"/> and no privileges.
/// </summary>
internal sealed class CephCluster
{
    /// <summary>What <c>apt-get install --no-install-recommends</c> must have installed.</summary>
    public const string Packages = "radosgw ceph-mon ceph-osd uuid-runtime";

    private static readonly string[] Programs = ["ceph-mon", "ceph-osd", "radosgw", "radosgw-admin", "ceph", "monmaptool"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string directory;
    private readonly Dictionary<string, string> environment;
    private readonly List<Daemon> daemons = [];
    private readonly Lock stopping = new();
    private readonly Watchdog watchdog;

    private CephCluster(string directory)
    {
        this.directory = directory;
        watchdog = Workplace.Watch(directory);
        environment = new()
        {
            ["CEPH_CONF"] = Path.Combine(directory, "ceph.conf"),
            ["HOME"] = directory,
            ["LC_ALL"] = "C",
        };
    }

    /// <summary>The gateway's URL, without a trailing slash.</summary>
    public string Endpoint { get; private set; } = "";

    /// <summary>The programs that are not on the path; empty when a server can be started.</summary>
    public static IReadOnlyList<string> Missing()
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        return [.. Programs.Where(program => !path.Any(folder => File.Exists(Path.Combine(folder, program))))];
    }

    /// <summary>Starts a cluster; another one on other ports when somebody else took them first.</summary>
    public static async Task<CephCluster> Start()
    {
        for (var attempt = 1; ; attempt++)
        {
            var cluster = new CephCluster(Workplace.Create());
            try
            {
                await cluster.Boot();
                return cluster;
            }
            catch (Exception failure) when (attempt < 3 && failure is InvalidOperationException or TimeoutException)
            {
                cluster.Stop();
            }
            catch
            {
                cluster.Stop();
                throw;
            }
        }
    }

    /// <summary>Ends the gateway, the store and the monitor, and with them all data.</summary>
    public void Stop()
    {
        lock (stopping)
        {
            foreach (var daemon in Enumerable.Reverse(daemons))
                daemon.Kill();
            daemons.Clear();
            Workplace.Remove(directory);
            watchdog.Dispose();
        }
    }

    /// <summary>Runs <c>radosgw-admin</c> and returns what it prints, a JSON document.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message carries what it said.</exception>
    public Task<string> Administer(params string[] arguments) => Run("radosgw-admin", ["-n", "client.rgw.a", .. arguments]);

    private async Task Boot()
    {
        int monitorPort = FreePort.Next(), gatewayPort = FreePort.Next();
        Guid cluster = Guid.NewGuid(), store = Guid.NewGuid();
        var map = Path.Combine(directory, "monmap");
        foreach (var folder in (string[])["mon", "osd", "rgw", "crash"])
            Directory.CreateDirectory(Path.Combine(directory, folder));
        await File.WriteAllTextAsync(Path.Combine(directory, "keyring"), "");
        await File.WriteAllTextAsync(environment["CEPH_CONF"], CephConfiguration.Text(directory, cluster, monitorPort, gatewayPort));

        await Run("monmaptool", "--create", "--fsid", cluster.ToString(), "--addv", "a",
            string.Create(CultureInfo.InvariantCulture, $"[v2:127.0.0.1:{monitorPort}]"), map);
        await Run("ceph-mon", "--mkfs", "-i", "a", "--monmap", map);
        Launch("mon", "ceph-mon", "-i", "a", "-f");
        await Run("ceph", "--connect-timeout", "20", "osd", "new", store.ToString());
        await Run("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", store.ToString());
        Launch("osd", "ceph-osd", "-i", "0", "-f");
        var gateway = Launch("rgw", "radosgw", "-n", "client.rgw.a", "-f");

        Endpoint = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{gatewayPort}");
        await Listens(gatewayPort, gateway);
    }

    private Daemon Launch(string name, string program, params string[] arguments)
    {
        var daemon = Daemon.Start(directory, name, environment, program, arguments);
        daemons.Add(daemon);
        return daemon;
    }

    private async Task<string> Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = directory };
        foreach (var (key, value) in environment)
            start.Environment[key] = value;
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        using var timeout = new CancellationTokenSource(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
            var errors = process.StandardError.ReadToEndAsync(timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            return process.ExitCode == 0
                ? await output
                : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed: {await errors}");
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new TimeoutException($"{program} took longer than {Patience.TotalSeconds} seconds.");
        }
    }

    private async Task Listens(int port, Daemon gateway)
    {
        using var timeout = new CancellationTokenSource(Patience);
        while (!timeout.IsCancellationRequested)
        {
            if (gateway.HasExited)
                throw new InvalidOperationException("radosgw ended: " + await File.ReadAllTextAsync(Path.Combine(directory, "rgw.out"), CancellationToken.None));
            try
            {
                using var socket = new TcpClient();
                await socket.ConnectAsync("127.0.0.1", port, timeout.Token);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(20, CancellationToken.None);
            }
        }

        throw new TimeoutException("radosgw did not listen in time.");
    }
}
