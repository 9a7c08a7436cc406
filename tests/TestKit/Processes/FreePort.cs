using System.Net;
using System.Net.Sockets;

namespace QualityIngest.TestKit.Processes;

/// <summary>Finds loopback ports for servers that must be told theirs.</summary>
public static class FreePort
{
    // Below 32768, where the kernel begins to hand out ports to outgoing connections, one of which could take it first.
    private const int Lowest = 15_000;
    private const int Bound = 32_000;

    /// <summary>A port on which nobody listens now; a caller that loses the race to another process takes the next one.</summary>
    public static int Next()
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            var port = Random.Shared.Next(Lowest, Bound);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Taken: try another.
            }
        }

        throw new InvalidOperationException("No free loopback port was found.");
    }
}
