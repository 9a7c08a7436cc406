namespace QualityIngest.Samples.Dialogue;

/// <summary>Choices of a seeded generator.</summary>
internal static class Dice
{
    /// <summary>One of several, all alike likely.</summary>
    public static T Of<T>(this Random random, IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    /// <summary>True so many times in a hundred.</summary>
    public static bool Percent(this Random random, int percent) => random.Next(100) < percent;
}
