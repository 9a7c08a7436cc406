namespace QualityIngest.Audio.Analysis;

/// <summary>How often each level occurs, in steps of a tenth of a decibel.</summary>
internal sealed class LevelTally
{
    private const int StepsADecibel = 10;

    private readonly long[] _counts = new long[(int)-SoundLevel.SilenceDbfs * StepsADecibel + 1];
    private long _total;

    public void Add(float power)
    {
        var step = (int)Math.Round((Decibels.OfPower(power) - SoundLevel.SilenceDbfs) * StepsADecibel);
        _counts[Math.Clamp(step, 0, _counts.Length - 1)]++;
        _total++;
    }

    /// <summary>The level that as many lie below as above; null when there is none.</summary>
    public double? Median()
    {
        if (_total == 0) return null;
        var (step, below) = (0, _counts[0]);
        while (below * 2 < _total) below += _counts[++step];
        return SoundLevel.SilenceDbfs + step / (double)StepsADecibel;
    }
}
