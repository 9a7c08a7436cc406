using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace QualityIngest.Domain.Outbound;

/// <summary>The hosts, addresses and ranges that the configuration opens.</summary>
internal sealed class AllowList
{
    private readonly List<(string Host, int? Port)> hosts = [];
    private readonly List<(IPNetwork Range, int? Port)> ranges = [];

    /// <exception cref="FormatException">An entry is neither a host, nor an address, nor a range.</exception>
    public AllowList(IEnumerable<string> entries)
    {
        foreach (var entry in entries)
        {
            if (!TryAdd(entry.Trim()))
                throw new FormatException($"Outbound:Allow holds '{entry}', which is no host, address or range, with or without a port.");
        }
    }

    /// <summary>Whether every entry can be read.</summary>
    public static bool CanRead(OutboundOptions options)
    {
        try
        {
            _ = new AllowList(options.Allow);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>Whether a name is opened at this port.</summary>
    public bool Names(string host, int port) =>
        hosts.Any(entry => (entry.Port is null || entry.Port == port) && string.Equals(entry.Host, host, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether an address lies in an opened range at this port.</summary>
    public bool Covers(IPAddress address, int port)
    {
        address = PublicAddresses.Plain(address);
        return ranges.Any(entry => (entry.Port is null || entry.Port == port) && entry.Range.Contains(address));
    }

    /// <summary>Whether any range is opened at this port, so that a name may yet lead into it.</summary>
    public bool HasRange(int port) => ranges.Any(entry => entry.Port is null || entry.Port == port);

    private bool TryAdd(string entry)
    {
        if (TryRange(entry, out var whole))
        {
            ranges.Add((whole, null));
            return true;
        }

        var colon = entry.LastIndexOf(':');
        int? port = null;
        var host = entry;
        if (colon > 0)
        {
            if (!ushort.TryParse(entry.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return false;
            (host, port) = (entry[..colon], number);
        }

        if (host.StartsWith('[') && host.EndsWith(']'))
            host = host[1..^1];
        if (TryRange(host, out var range))
            ranges.Add((range, port));
        else if (Uri.CheckHostName(host) == UriHostNameType.Dns && !IPAddress.TryParse(host, out _))
            hosts.Add((new UriBuilder("https", host).Uri.IdnHost, port));
        else
            return false;
        return true;
    }

    private static bool TryRange(string text, [MaybeNullWhen(false)] out IPNetwork range)
    {
        if (IPNetwork.TryParse(text, out range))
            return true;
        // IPAddress takes "1" for 0.0.0.1, and "[::1]:9000" for ::1.
        if (text.Contains('[', StringComparison.Ordinal) || !IPAddress.TryParse(text, out var address) || (!text.Contains(':', StringComparison.Ordinal) && address.ToString() != text))
            return false;
        address = PublicAddresses.Plain(address);
        range = new(address, address.GetAddressBytes().Length * 8);
        return true;
    }
}
