using System.Net;
using System.Net.Sockets;

namespace QualityIngest.Domain.Outbound;

/// <summary>Knows which addresses lie on the public internet, after the special-purpose registries of IANA (RFC 6890).</summary>
internal static class PublicAddresses
{
    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", // this network
            "10.0.0.0/8", // private
            "100.64.0.0/10", // carrier-grade NAT; Alibaba's metadata
            "127.0.0.0/8", // loopback
            "168.63.129.16/32", // Azure's wire server
            "169.254.0.0/16", // link-local; most clouds' metadata
            "172.16.0.0/12", // private
            "192.0.0.0/24", // protocol assignments; Oracle's metadata
            "192.0.2.0/24", // documentation
            "192.88.99.0/24", // 6to4 relays
            "192.168.0.0/16", // private
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4", // reserved, broadcast
            "2001::/23", // protocol assignments, Teredo among them
            "2001:db8::/32", // documentation
            "3fff::/20", // documentation
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork[] Metadata =
        [IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("168.63.129.16/32"), IPNetwork.Parse("100.100.100.200/32"), IPNetwork.Parse("192.0.0.192/32"), IPNetwork.Parse("fd00:ec2::/32")];

    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>Whether the address, and the IPv4 address that it may carry inside, is public.</summary>
    public static bool Contains(IPAddress address)
    {
        address = Plain(address);
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            if (Embedded(address) is { } inner)
                return Contains(inner);
            if (!Global.Contains(address))
                return false;
        }

        return !Special.Any(network => network.Contains(address));
    }

    /// <summary>Whether a cloud answers there with the machine's own credentials.</summary>
    public static bool IsMetadata(IPAddress address)
    {
        address = Plain(address);
        return Metadata.Any(network => network.Contains(address)) || (Embedded(address) is { } inner && IsMetadata(inner));
    }

    /// <summary>The address without its scope, and as IPv4 where it is an IPv4-mapped one.</summary>
    public static IPAddress Plain(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
        : address.AddressFamily == AddressFamily.InterNetworkV6 && address.ScopeId != 0 ? new(address.GetAddressBytes())
        : address;

    private static IPAddress? Embedded(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return null;
        var bytes = address.GetAddressBytes();
        return SixToFour.Contains(address) ? new(bytes.AsSpan(2, 4)) : Nat64.Contains(address) ? new(bytes.AsSpan(12, 4)) : null;
    }
}
