namespace QualityIngest.Api.Events;

/// <summary>How events are streamed. Section <c>Events</c>.</summary>
public sealed record EventStreamOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Events";

    /// <summary>What <see cref="IsValid"/> asks for.</summary>
    public const string Rule =
        "Events: StreamsATenant is 1 to 10,000, Look 10 ms to 10 s, SignOfLife 100 ms to 60 s, KeyCheck 100 ms to 60 s.";

    /// <summary>How many streams a tenant may have open at a node. Default 20.</summary>
    public int StreamsATenant { get; init; } = 20;

    /// <summary>How often a stream looks for what happened. Default 500 ms.</summary>
    public TimeSpan Look { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>After how long without an event a sign of life is sent. Default 15 s.</summary>
    public TimeSpan SignOfLife { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often a stream asks whether its key still works; where it does not, the stream ends. Default 30 s.</summary>
    public TimeSpan KeyCheck { get; init; } = TimeSpan.FromSeconds(30);

    internal bool IsValid =>
        StreamsATenant is >= 1 and <= 10_000
        && Look >= TimeSpan.FromMilliseconds(10) && Look <= TimeSpan.FromSeconds(10)
        && SignOfLife >= TimeSpan.FromMilliseconds(100) && SignOfLife <= TimeSpan.FromSeconds(60)
        && KeyCheck >= TimeSpan.FromMilliseconds(100) && KeyCheck <= TimeSpan.FromSeconds(60);
}
