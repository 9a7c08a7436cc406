namespace QualityIngest.Audio;

/// <summary>How recordings are decoded. Section <c>Audio</c>.</summary>
public sealed record SoundOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Audio";

    /// <summary>What <see cref="IsValid"/> asks for.</summary>
    public const string Rule =
        "Audio: Workers is from 1 to 64, FileTimeout from 1 s to 1 h, MemoryBytes at least 128 MiB, MaxDuration from 1 s to 24 h, MaxChannels from 1 to 8.";

    /// <summary>Processes that decode at a time on this node; each is started when it is first needed, and stays. Default 2.</summary>
    public int Workers { get; init; } = 2;

    /// <summary>How long one file may take, the start of its process included, before that process is ended. Default 5 min.</summary>
    public TimeSpan FileTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Memory of one process: the system gives it no more private memory than this, half of it at most is its managed heap, and
    /// it is ended when more than this is resident. Default 256 MiB.
    /// </summary>
    public long MemoryBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>The longest sound, counted while it is decoded. Default 4 h (<c>limits.md</c>, Input).</summary>
    public TimeSpan MaxDuration { get; init; } = TimeSpan.FromHours(4);

    /// <summary>The most channels. Default 8 (<c>limits.md</c>, Input).</summary>
    public int MaxChannels { get; init; } = 8;

    /// <summary>
    /// Where recordings lie while they are measured; created where it is missing. They have no name there and are gone with
    /// their process. Default: the system's temporary directory. Where that is kept in memory, name another.
    /// </summary>
    public string? SpoolDirectory { get; init; }

    /// <summary>
    /// The program that decodes, with its first arguments; it is started with <see cref="SoundWorker.Command"/> and its bounds
    /// behind them. Default: this program.
    /// </summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Whether every value is within its bounds.</summary>
    public bool IsValid =>
        Workers is >= 1 and <= 64
        && FileTimeout >= TimeSpan.FromSeconds(1) && FileTimeout <= TimeSpan.FromHours(1)
        && MemoryBytes >= 128L * 1024 * 1024
        && Limits.AreValid;

    /// <summary>What a file may hold.</summary>
    internal SoundLimits Limits => new(MaxDuration, MaxChannels);
}
