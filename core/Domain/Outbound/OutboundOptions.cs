namespace QualityIngest.Domain.Outbound;

/// <summary>What the outbound guard lets through beyond public HTTPS. Section <c>Outbound</c>.</summary>
public sealed record OutboundOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Outbound";

    /// <summary>
    /// Hosts (<c>minio.internal</c>), addresses (<c>10.1.2.3</c>, <c>::1</c>) or ranges (<c>10.0.0.0/8</c>), each
    /// optionally with a port (<c>minio.internal:9000</c>, <c>[::1]:9000</c>). What is named here may be private and may
    /// speak plain HTTP. A name opens whatever it resolves to except the cloud's metadata addresses; those open only by
    /// an address or a range. Default: nothing.
    /// </summary>
    public IReadOnlyList<string> Allow { get; init; } = [];

    /// <summary>How long resolving and dialling may take together. Default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
