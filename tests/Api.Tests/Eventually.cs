using System.Diagnostics;

namespace QualityIngest.Api.Tests;

/// <summary>For what happens after the answer: asks again until it has.</summary>
public static class Eventually
{
    /// <summary>Waits until a condition holds, and fails when it does not within ten seconds.</summary>
    public static async Task Holds(Func<Task<bool>> condition)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(10), "It did not happen within ten seconds.");
            await Task.Delay(20);
        }
    }
}
