namespace QualityIngest.Audio.Analysis;

/// <summary>
/// Tells when somebody speaks from the power of frames of 10 ms, against the noise floor around them. It hears power alone:
/// music, tones and voices in the background are speech to it.
/// </summary>
internal sealed class SpeechDetector
{
    /// <summary>Speech holds a frame at least 6 dB above the floor…</summary>
    private const float Opens = 3.98f;

    /// <summary>…and reaches to both sides as far as frames are 3 dB above it. Noise alone varies by less than 1 dB.</summary>
    private const float Extends = 2f;

    /// <summary>
    /// Shorter sounds are clicks: 60 ms, half of a short syllable. (P. T. Brady 1968 drops those below 15 ms, on lines
    /// without keyboards.)
    /// </summary>
    private const int LeastBurst = 6;

    /// <summary>
    /// Pauses shorter than 200 ms are of the articulation, not of the talk, and are filled: Brady 1968; the hangover of
    /// ITU-T P.56.
    /// </summary>
    private const int LeastPause = 20;

    private const int Kept = 512;

    private readonly float[] _powers = new float[Kept];
    private readonly NoiseFloor _floor = new();
    private readonly SpeechTrack _track = new();
    private readonly LevelTally _pauses = new();
    private float _leastPower = float.PositiveInfinity;
    private int _added;
    private int _heard;
    private int _burstFrom = -1;
    private bool _opened;
    private int _lastTo = -LeastPause;

    /// <summary>
    /// The level between the talk: the median of the frames that stand out by nothing; where there are none, the least of all.
    /// </summary>
    public double NoiseFloorDbfs => _pauses.Median() ?? (_heard == 0 ? SoundLevel.SilenceDbfs : Decibels.OfPower(_leastPower));

    /// <summary>
    /// Adds the power of the next frame. From the 500th on each answers whether the earliest frame that was not answered yet
    /// stands out as speech does; pauses and clicks are not looked at there.
    /// </summary>
    public bool? Add(float power)
    {
        _powers[_added++ % Kept] = power;
        _floor.Add(power);
        return _added > NoiseFloor.Ahead - 1 ? Hear() : null;
    }

    /// <summary>After the last frame: as <see cref="Add"/>, until nothing is left.</summary>
    public bool? Drain()
    {
        if (_heard < _added) return Hear();
        if (_burstFrom >= 0) EndBurst(_added);
        return null;
    }

    /// <summary>The bits of the first frames, when all is drained.</summary>
    public SpeechActivity Activity(int frames) => _track.First(frames);

    private bool Hear()
    {
        var frame = _heard++;
        var (power, floor) = (_powers[frame % Kept], _floor.At(frame));
        // The median of three leaves edges where they are and passes no click of one frame.
        var before = frame > 0 ? _powers[(frame - 1) % Kept] : power;
        var after = frame + 1 < _added ? _powers[(frame + 1) % Kept] : power;
        var level = Math.Max(Math.Min(before, after), Math.Min(Math.Max(before, after), power));

        _leastPower = Math.Min(_leastPower, power);
        if (level > Extends * floor)
        {
            if (_burstFrom < 0) (_burstFrom, _opened) = (frame, false);
            _opened |= level > Opens * floor;
        }
        else
        {
            _pauses.Add(power);
            if (_burstFrom >= 0) EndBurst(frame);
        }
        return level > Opens * floor;
    }

    private void EndBurst(int to)
    {
        if (_opened && to - _burstFrom >= LeastBurst)
        {
            _track.Set(_burstFrom - _lastTo < LeastPause ? _lastTo : _burstFrom, to);
            _lastTo = to;
        }
        _burstFrom = -1;
    }
}
