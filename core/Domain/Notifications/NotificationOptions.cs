namespace QualityIngest.Domain.Notifications;

/// <summary>How bucket notifications are taken. Section <c>Notifications</c>.</summary>
public sealed record NotificationOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Notifications";

    /// <summary>What <see cref="IsValid"/> asks for.</summary>
    public const string Rule =
        "Notifications: PublicUrl is an http or https URL of scheme, host and port alone, every number is at least 1, every time positive, Hosts are hosts with or without a port, and CaFile can be read.";

    /// <summary>The most bytes of a notification: SNS's own limit, 256 KiB.</summary>
    public const int MaxBytes = 262_144;

    /// <summary>
    /// Where this installation is reached from outside, e.g. <c>https://ingest.example.com</c>: what the addresses to paste
    /// begin with. Default: what the request that asks for the address was sent to.
    /// </summary>
    public string? PublicUrl { get; init; }

    /// <summary>How old a signed message may be, by the database's clock. Default 75 min: SNS tries to deliver for an hour.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromMinutes(75);

    /// <summary>How far in the future a signed message may be dated, by the database's clock. Default 15 min.</summary>
    public TimeSpan MaxAhead { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The most keys that one notification may name. Default 1,000; S3 itself names one.</summary>
    public int MaxKeys { get; init; } = 1_000;

    /// <summary>Notifications a second that a connector may send to this node in the long run. Default 200.</summary>
    public int PerSecond { get; init; } = 200;

    /// <summary>Notifications that a connector may send to this node at once. Default 2,000.</summary>
    public int Burst { get; init; } = 2_000;

    /// <summary>How long a certificate or a confirmation may take. Default 10 s: SNS waits 15 s for its answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a fetched certificate is kept. Default 24 h.</summary>
    public TimeSpan CertificateLifetime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How many certificates are kept. Default 32; AWS uses one a region and changes it about once a year.</summary>
    public int Certificates { get; init; } = 32;

    /// <summary>
    /// Hosts beside AWS's, with or without a port, that sign and confirm for topics as SNS does: for compatible services in
    /// private installations. They are dialled only where <c>Outbound:Allow</c> lets them. Default: none.
    /// </summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>A file of PEM certificates that alone vouch for <see cref="Hosts"/>. Default: those that the system trusts.</summary>
    public string? CaFile { get; init; }

    internal bool IsValid =>
        MaxAge > TimeSpan.Zero && MaxAhead > TimeSpan.Zero && Timeout > TimeSpan.Zero && CertificateLifetime > TimeSpan.Zero
        && MaxKeys > 0 && PerSecond > 0 && Burst > 0 && Certificates > 0
        && Hosts.All(host => Uri.TryCreate($"https://{host}/", UriKind.Absolute, out var url) && url.AbsoluteUri == $"https://{host}/")
        && (CaFile is null || File.Exists(CaFile))
        && (PublicUrl is null || Root(PublicUrl) is not null);

    /// <summary>The scheme, host and port of a URL that has nothing else; null: it has, or is none.</summary>
    internal static string? Root(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var root) && root is { Scheme: "https" or "http", UserInfo: "", AbsolutePath: "/", Query: "", Fragment: "" }
            ? root.GetLeftPart(UriPartial.Authority)
            : null;
}
