namespace QualityIngest.Audio.Analysis;

/// <summary>
/// The power of what sounds when nobody speaks, followed over time by minimum statistics (R. Martin 2001): even in the
/// middle of talk the power falls to the noise again and again, so that the least of some seconds is the noise's. Unlike a
/// telephone, a file can be looked at ahead: a frame's floor is that of the seconds before and after it.
/// </summary>
internal sealed class NoiseFloor
{
    /// <summary>How many frames after it are seen before a frame's floor is told: 5 s.</summary>
    public const int Ahead = 500;

    /// <summary>
    /// Frames over which power is smoothed: 100 ms. Long enough for the least of ten seconds of noise to lie near its mean,
    /// short enough to find the pauses between words.
    /// </summary>
    private const int Smoothing = 10;

    /// <summary>By how much the least of that many smoothed powers lies below the noise's mean: 1 dB.</summary>
    private const float Bias = 1.26f;

    /// <summary>
    /// Sound that keeps within 4 dB for 5 s is noise, and is the floor itself from its first frame on. Speech falls and
    /// rises by more than that with every syllable; this finds a floor that has risen.
    /// </summary>
    private const float Steady = 2.5f;

    /// <summary>
    /// A floor is taken to be no lower than -62 dBFS, above the quantisation noise of A-law and µ-law, so that neither this
    /// nor a faint echo of the other side is speech in a line that is else silent.
    /// </summary>
    private static readonly float Lowest = (float)Decibels.ToPower(-62);

    /// <summary>And no higher than -33 dBFS: speech is levelled to -26 (ITU-T P.830); what goes on as loud is no background.</summary>
    private static readonly float Highest = (float)Decibels.ToPower(-33);

    private readonly float[] _latest = new float[Smoothing];
    private readonly SlidingLeast _least = new(2 * Ahead);
    private readonly SlidingLeast _steadyLeast = new(Ahead - Smoothing + 1);
    private readonly SlidingLeast _steadyMost = new(Ahead - Smoothing + 1);
    private double _sum;
    private int _frames;
    private int _steadyUntil = -1;
    private float _steadyPower;

    /// <summary>Adds the power of the next frame.</summary>
    public void Add(float power)
    {
        var at = _frames++;
        ref var slot = ref _latest[at % Smoothing];
        (_sum, slot) = (_sum - slot + power, power);
        if (_frames < Smoothing) return;

        var smoothed = Math.Max(Lowest, (float)(_sum / Smoothing));
        _least.Push(at, smoothed);
        _steadyLeast.Push(at, smoothed);
        _steadyMost.Push(at, -smoothed);

        var most = -_steadyMost.Least;
        if (_frames < Ahead || most > Highest || most > Steady * _steadyLeast.Least) return;
        (_steadyUntil, _steadyPower) = (at, (most + _steadyLeast.Least) / 2);
        _least.Forget(at - Ahead + Smoothing);
    }

    /// <summary>The floor at a frame that was added at most <see cref="Ahead"/> frames ago.</summary>
    public float At(int frame)
    {
        if (frame <= _steadyUntil) return _steadyPower;
        return Math.Clamp(_least.Any ? _least.Least * Bias : 0, Lowest, Highest);
    }
}
