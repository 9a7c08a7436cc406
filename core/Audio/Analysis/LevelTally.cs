namespace QualityIngest.Audio.Analysis;

/// <summary>
/// How often each level occurs, in steps of less than a seventh of a decibel: a step is the exponent of the power and the
/// first five bits of its fraction, as the processor stores them.
/// </summary>
internal sealed class LevelTally
{
    private const int BitsAStep = 18;

    private static readonly int Silent = BitConverter.SingleToInt32Bits((float)Decibels.ToPower(SoundLevel.SilenceDbfs)) >> BitsAStep;
    private static readonly int Loudest = BitConverter.SingleToInt32Bits(1f) >> BitsAStep;

    private readonly long[] _counts = new long[Loudest - Silent + 1];
    private long _total;

    /// <summary>Counts a power, which is at least 0.</summary>
    public void Add(float power)
    {
        _counts[Math.Clamp((BitConverter.SingleToInt32Bits(power) >> BitsAStep) - Silent, 0, _counts.Length - 1)]++;
        _total++;
    }

    /// <summary>The level that as many lie below as above; null when there is none.</summary>
    public double? Median()
    {
        if (_total == 0) return null;
        var (step, below) = (0, _counts[0]);
        while (below * 2 < _total) below += _counts[++step];
        if (step == 0) return SoundLevel.SilenceDbfs;
        var middle = (Silent + step << BitsAStep) + (1 << BitsAStep - 1);
        return Decibels.OfPower(Math.Min(1, BitConverter.Int32BitsToSingle(middle)));
    }
}
