namespace QualityIngest.Domain.Conversations.Pictures;

/// <summary>Peaks as the heights of bars, 0 to 1.</summary>
internal static class Bars
{
    // Below this, what is loudest is hardly sound: it is not blown up.
    private const double LeastScale = 24;

    // Loudness is felt on a curve; without one, a loud laugh flattens all that is said.
    private const double Curve = 0.9;

    /// <summary>Both parties' bars on one scale, whose top is the loudest bar of either.</summary>
    public static (IReadOnlyList<double> Agent, IReadOnlyList<double> Customer) Of(Waveform waveform, Canvas canvas)
    {
        var agent = Loudness(waveform, waveform.Agent.Peaks, canvas);
        var customer = Loudness(waveform, waveform.Customer.Peaks, canvas);
        var scale = Math.Max(LeastScale, agent.Concat(customer).DefaultIfEmpty().Max());
        return (Heights(agent, scale), Heights(customer, scale));
    }

    private static IReadOnlyList<double> Heights(double[] loudness, double scale) =>
        [.. loudness.Select(level => Math.Pow(level / scale, Curve))];

    /// <summary>The root mean square of the peaks within each bar.</summary>
    private static double[] Loudness(Waveform waveform, IReadOnlyList<byte> peaks, Canvas canvas)
    {
        if (peaks.Count == 0)
            return [];
        var bars = new double[Canvas.Bars];
        var peaksPerBar = canvas.DurationMs / waveform.BucketMs / Canvas.Bars;
        for (var bar = 0; bar < bars.Length; bar++)
        {
            var first = Math.Min((int)(bar * peaksPerBar), peaks.Count - 1);
            var end = Math.Clamp((int)Math.Ceiling((bar + 1) * peaksPerBar), first + 1, peaks.Count);
            var squares = 0.0;
            for (var at = first; at < end; at++)
                squares += peaks[at] * peaks[at];
            bars[bar] = Math.Sqrt(squares / (end - first));
        }

        return bars;
    }
}
