namespace QualityIngest.Domain.Conversations.Pictures;

/// <summary>Where time lies on the picture.</summary>
internal sealed class Canvas(long durationMs)
{
    public const int Width = 800;
    public const int Height = 160;
    public const int Left = 14;
    public const int Right = 786;

    /// <summary>How many bars a party has.</summary>
    public const int Bars = (Right - Left) / 3;

    private const double BarStep = (double)(Right - Left) / Bars;

    public long DurationMs => durationMs;

    public double X(double ms) => durationMs == 0 ? Left : Left + (Right - Left) * ms / durationMs;

    /// <summary>The middle of a bar.</summary>
    public static double BarX(int bar) => Left + (bar + 0.5) * BarStep;

    /// <summary>Intervals in units of the picture: each wide enough to be seen, and each apart from the next.</summary>
    public IReadOnlyList<(double X, double Width)> Stretches(IReadOnlyList<Interval> intervals, double leastWidth)
    {
        const double LeastGap = 1;
        var stretches = new List<(double X, double Width)>();
        foreach (var interval in intervals)
        {
            var (from, to) = (X(interval.FromMs), X(interval.ToMs));
            if (stretches.Count > 0 && from - End(stretches[^1]) < LeastGap)
                stretches[^1] = (stretches[^1].X, Math.Max(leastWidth, to - stretches[^1].X));
            else
                stretches.Add((Math.Min(from, Right - leastWidth), Math.Max(leastWidth, to - from)));
        }

        return stretches;

        static double End((double X, double Width) stretch) => stretch.X + stretch.Width;
    }
}
