namespace QualityIngest.Audio.Analysis;

/// <summary>
/// Tells when somebody speaks from the power of frames of 10 ms, against the noise floor around them. It hears power alone:
/// music, tones and voices in the background are speech to it.
/// </summary>
internal sealed class SpeechDetector
{
    /// <summary>Speech holds a frame at least 5 dB above the floor…</summary>
    private const float Opens = 3.16f;

    /// <summary>…and goes on while frames are 2 dB above it; noise alone varies by about half of one.</summary>
    private const float Extends = 1.58f;

    /// <summary>
    /// How far it reaches so beyond its first and last frame of 5 dB: 40 ms, a weak consonant. Noise that varies more, as a
    /// narrow band of it does, would else move the edges further.
    /// </summary>
    private const int Reach = 4;

    /// <summary>
    /// What lies 28 dB below a frame that is at most <see cref="Near"/> away is no higher than the floor: the trail of a loud
    /// sound in a room, and what MP3 spreads over its blocks, 72 ms long at 8 kHz.
    /// </summary>
    private const float Trail = 0.0016f;

    /// <summary>100 ms.</summary>
    private const int Near = 10;

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
    private readonly SlidingLeast _loudest = new(2 * Near + 1);
    private readonly SpeechTrack _track = new();
    private readonly LevelTally _pauses = new();
    private float _leastPower = float.PositiveInfinity;
    private int _added;
    private int _heard;
    private int _compared;
    private int _burstFrom = -1;
    private int _openFrom = -1;
    private int _openTo;
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
        var power = _powers[frame % Kept];
        var floor = Math.Max(_floor.At(frame), Trail * LoudestNear(frame));
        // The median of three leaves edges where they are and passes no click of one frame.
        var before = frame > 0 ? _powers[(frame - 1) % Kept] : power;
        var after = frame + 1 < _added ? _powers[(frame + 1) % Kept] : power;
        var level = Math.Max(Math.Min(before, after), Math.Min(Math.Max(before, after), power));

        _leastPower = Math.Min(_leastPower, power);
        if (level > Extends * floor)
        {
            if (_burstFrom < 0) _burstFrom = frame;
            if (level > Opens * floor) (_openFrom, _openTo) = (_openFrom < 0 ? frame : _openFrom, frame + 1);
        }
        else
        {
            _pauses.Add(power);
            if (_burstFrom >= 0) EndBurst(frame);
        }
        return level > Opens * floor;
    }

    private float LoudestNear(int frame)
    {
        for (; _compared <= frame + Near && _compared < _added; _compared++) _loudest.Push(_compared, -_powers[_compared % Kept]);
        _loudest.Forget(frame - Near);
        return -_loudest.Least;
    }

    private void EndBurst(int to)
    {
        var from = Math.Max(_burstFrom, _openFrom - Reach);
        to = Math.Min(to, _openTo + Reach);
        if (_openFrom >= 0 && to - from >= LeastBurst)
        {
            _track.Set(from - _lastTo < LeastPause ? _lastTo : from, to);
            _lastTo = to;
        }
        (_burstFrom, _openFrom) = (-1, -1);
    }
}
