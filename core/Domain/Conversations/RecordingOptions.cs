namespace QualityIngest.Domain.Conversations;

/// <summary>How recordings are handed out. Section <c>Recordings</c>.</summary>
public sealed record RecordingOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Recordings";

    /// <summary>What the options have to keep to.</summary>
    public const string Rule = "Recordings:UrlLifetime is 1 second to 7 days.";

    /// <summary>
    /// How long an address under which a recording can be read lasts; never longer than the session that signed it.
    /// 1 second to 7 days. Default 5 min.
    /// </summary>
    public TimeSpan UrlLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Whether the options keep to <see cref="Rule"/>.</summary>
    public bool IsValid => UrlLifetime >= TimeSpan.FromSeconds(1) && UrlLifetime <= TimeSpan.FromDays(7);
}
