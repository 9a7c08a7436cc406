namespace QualityIngest.Audio.Analysis;

/// <summary>
/// Counts samples that were cut off at full scale: those in runs of three or more that stand at the very same value there.
/// A sine that just reaches full scale is not clipped; its neighbours differ.
/// </summary>
internal sealed class ClipCount
{
    /// <summary>
    /// A little below 1, since the largest value of some codecs is: 0.9804 in µ-law, 0.9844 in A-law, 0.9922 in 8-bit PCM.
    /// </summary>
    public const float FullScale = 0.98f;

    /// <summary>One or two samples at full scale may be the signal's own.</summary>
    private const int LeastRun = 3;

    private float _value;
    private int _run;

    /// <summary>The samples counted so far.</summary>
    public long Samples { get; private set; }

    /// <summary>Looks at a channel's next frame.</summary>
    public void Add(ReadOnlySpan<float> frame, int channel, int channels, float peak)
    {
        if (peak < FullScale)
        {
            _run = 0;
            return;
        }
        for (var i = channel; i < frame.Length; i += channels)
        {
            var sample = frame[i];
            if (Math.Abs(sample) < FullScale) _run = 0;
            else if (_run > 0 && sample == _value) _run++;
            else (_run, _value) = (1, sample);
            if (_run == LeastRun) Samples += LeastRun;
            else if (_run > LeastRun) Samples++;
        }
    }
}
