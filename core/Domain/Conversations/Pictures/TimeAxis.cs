using System.Globalization;
using System.Text;

namespace QualityIngest.Domain.Conversations.Pictures;

/// <summary>Ticks at round times, at most ten of them, and their labels.</summary>
internal static class TimeAxis
{
    private const int MaxTicks = 10;
    private const int Y = 130;
    private const int LabelY = 148;
    private const double LabelRoom = 18;

    private static readonly int[] StepsInSeconds = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400];

    public static string Draw(Canvas canvas)
    {
        var (ticks, labels) = (new StringBuilder(), new StringBuilder());
        foreach (var ms in Times(canvas.DurationMs))
        {
            var x = canvas.X(ms);
            ticks.Append(CultureInfo.InvariantCulture, $"M{x:0.#} {Y}v4");
            var (anchor, at) = x < Canvas.Left + LabelRoom ? (" class=\"first\"", Canvas.Left)
                : x > Canvas.Right - LabelRoom ? (" class=\"last\"", Canvas.Right)
                : ("", x);
            labels.Append(CultureInfo.InvariantCulture, $"<text{anchor} x=\"{at:0.#}\" y=\"{LabelY}\">{TimeText.Clock(ms)}</text>");
        }

        return $"<g class=\"axis\"><path d=\"M{Canvas.Left} {Y}H{Canvas.Right}{ticks}\"/>{labels}</g>";
    }

    private static IEnumerable<long> Times(long durationMs)
    {
        var step = 1_000L * StepsInSeconds.FirstOrDefault(seconds => durationMs <= 1_000L * seconds * MaxTicks, StepsInSeconds[^1]);
        for (var at = 0L; at <= durationMs && at <= step * MaxTicks; at += step)
            yield return at;
    }
}
