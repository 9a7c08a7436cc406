namespace QualityIngest.Samples;

/// <summary>How much a sample holds.</summary>
/// <param name="Days">Days of work, at least 2; each has one CSV of calls and one of chats.</param>
/// <param name="RowsPerFile">Conversations a CSV, at least 12, before what is added as a fault.</param>
/// <param name="WholeCalls">How many recorded calls are whole; the others break off after their first turns.</param>
public sealed record SampleSize(int Days, int RowsPerFile, int WholeCalls = 0)
{
    /// <summary>A few dozen conversations, for tests.</summary>
    public static SampleSize Small { get; } = new(2, 12);

    /// <summary>A few hundred conversations, for looking at.</summary>
    public static SampleSize Demo { get; } = new(4, 40, WholeCalls: 4);
}
