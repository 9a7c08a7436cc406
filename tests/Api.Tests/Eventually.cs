using System.Diagnostics;

namespace QualityIngest.Api.Tests;

/// <summary>For what happens after the answer: asks again until it has.</summary>
public static class Eventually
{
    /// <summary>Waits until a condition holds, and fails when it does not within a minute.</summary>
    public static Task Holds(Func<Task<bool>> condition) => Holds(condition, TimeSpan.FromMinutes(1));

    /// <summary>Waits until a condition holds, and fails when it does not within a time.</summary>
    public static async Task Holds(Func<Task<bool>> condition, TimeSpan within)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < within, $"It did not happen within {within.TotalSeconds:0} seconds.");
            await Task.Delay(20);
        }
    }
}
