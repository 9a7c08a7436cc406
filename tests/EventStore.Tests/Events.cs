namespace QualityIngest.EventStore.Tests;

/// <summary>The events of these tests: something is opened, noted upon, and closed.</summary>
public static class Events
{
    public static EventRegistry Registry() => new EventRegistry()
        .Map<Opened>("case_opened")
        .Map<Noted>("case_noted")
        .Map<Closed>("case_closed");

    public static EventStore Store(params IInlineProjection[] projections) => new(Registry(), projections);

    public static StreamAppend Open(Guid stream, string title = "a", params object[] more) =>
        new(stream, "case", 0, [new Opened(title, Urgency.Normal), .. more]);

    public static StreamAppend Note(Guid stream, long expected, int times = 1) =>
        new(stream, "case", expected, [.. Enumerable.Range(1, times).Select(n => new Noted(n))]);

    /// <summary>So many ids in ascending order.</summary>
    public static Guid[] Ids(int count) => [.. Enumerable.Range(0, count).Select(_ => Guid.NewGuid()).Order()];
}

public enum Urgency
{
    Normal,
    RightAway,
}

public sealed record Opened(
    string Title, Urgency Urgency, string? Owner = null, DateTimeOffset? DueAt = null, decimal? Amount = null,
    IReadOnlyList<Party>? Parties = null, IReadOnlyDictionary<string, long>? Counts = null);

public sealed record Party(Guid Id, string Name, double Share);

public sealed record Noted(int Number);

public sealed record Closed;
