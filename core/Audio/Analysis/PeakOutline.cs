namespace QualityIngest.Audio.Analysis;

/// <summary>
/// A channel's outline in bounded memory: when it is full, neighbours become one, and a bucket is twice as long from then on.
/// </summary>
internal sealed class PeakOutline
{
    private readonly byte[] _values = new byte[SoundPeaks.MostValues];
    private int _count;
    private int _framesABucket = 1;
    private int _framesInLast;

    /// <summary>Adds the largest absolute sample of the next frame, 0 to 1.</summary>
    public void Add(float peak)
    {
        var value = (byte)MathF.Ceiling(peak * byte.MaxValue);
        if (_count > 0 && _framesInLast < _framesABucket)
        {
            _values[_count - 1] = Math.Max(_values[_count - 1], value);
            _framesInLast++;
            return;
        }
        if (_count == _values.Length)
        {
            for (var i = 0; i < _count / 2; i++) _values[i] = Math.Max(_values[2 * i], _values[2 * i + 1]);
            (_count, _framesABucket) = (_count / 2, _framesABucket * 2);
        }
        _values[_count++] = value;
        _framesInLast = 1;
    }

    public SoundPeaks Peaks() => new((double)_framesABucket * SpeechActivity.FrameMs, _values[.._count]);
}
