using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace QualityIngest.Api.Http.Limits;

/// <summary>
/// Bounds how often a key may call, and how often an address may fail with keys that do not work. Whoever shows a key that works
/// is never kept waiting for what others at the same address do.
/// </summary>
public sealed class RateLimits
{
    private const string Key = "key", Address = "address";

    private readonly RateLimitOptions _options;
    private readonly TokenBuckets<Guid>? _keys;
    private readonly TokenBuckets<string>? _addresses;

    /// <summary>Sets the limits up.</summary>
    public RateLimits(IOptions<RateLimitOptions> options, TimeProvider time)
    {
        _options = options.Value;
        if (_options.KeyRate > 0)
            _keys = new(_options.KeyRate, _options.KeyBurst, _options.Tracked, time);
        if (_options.FailureRate > 0)
            _addresses = new(_options.FailureRate, _options.FailureBurst, _options.Tracked, time);
    }

    /// <summary>Takes a request of a key that works into account, and tells the answer to come.</summary>
    /// <param name="context">The request.</param>
    /// <param name="key">The key's id; null: the configuration's.</param>
    /// <returns>How long to wait; null: go on.</returns>
    public TimeSpan? OfKey(HttpContext context, Guid? key)
    {
        if (_keys is null)
            return null;
        var taken = _keys.Take(key ?? Guid.Empty, out var level);
        RateLimitHeaders.Tell(context, Key, _options.KeyRate, _options.KeyBurst, level);
        return taken ? null : level.Next;
    }

    /// <summary>Takes a key that did not work into account, and tells the answer to come.</summary>
    /// <returns>How long its address should wait; null: it did not fail often.</returns>
    public TimeSpan? OfFailure(HttpContext context)
    {
        if (_addresses is null)
            return null;
        var taken = _addresses.Take(Of(context.Connection.RemoteIpAddress), out var level);
        RateLimitHeaders.Tell(context, Address, _options.FailureRate, _options.FailureBurst, level);
        return taken ? null : level.Next;
    }

    /// <summary>What one caller's addresses have in common: all of IPv4, the network of IPv6, which a caller has to itself.</summary>
    public static string Of(IPAddress? address)
    {
        if (address is null)
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes(), 0, 8)
            : address.ToString();
    }
}
