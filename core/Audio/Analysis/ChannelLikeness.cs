namespace QualityIngest.Audio.Analysis;

/// <summary>
/// Tells whether two channels hold the same sound, by how they correlate while somebody speaks. Each second of talk has one
/// vote, so that neither a loud announcement in both channels nor a loud click in one decides for the whole call.
/// </summary>
internal sealed class ChannelLikeness
{
    /// <summary>The least correlation of the same sound: noise of -14 dB may have come to it on its way.</summary>
    private const double LeastCorrelation = 0.98;

    /// <summary>
    /// The most by which powers may differ: 6 dB. What one side says also comes back in the other's channel, unchanged but
    /// far quieter; that is an echo and no mixing.
    /// </summary>
    private const double MostPowerRatio = 4;

    /// <summary>The share of votes that makes the channels the same.</summary>
    private const double Majority = 0.9;

    private const int FramesAVote = 100;
    private const int Kept = 512;

    private readonly (float Left, float Right, float Product)[] _latest = new (float, float, float)[Kept];
    private Sums _vote;
    private Sums _whole;
    private int _voteFrames;
    private int _added;
    private int _decided;
    private int _votes;
    private int _alike;

    /// <summary>Adds the next frame: the sum of squares of each channel and the sum of their products, means removed.</summary>
    public void Add(float left, float right, float product)
    {
        _latest[_added++ % Kept] = (left, right, product);
        _whole.Add(left, right, product);
    }

    /// <summary>Says of the earliest frame of which it was not said yet whether somebody speaks in it; at most 512 may wait.</summary>
    public void Decide(bool speech)
    {
        var (left, right, product) = _latest[_decided++ % Kept];
        if (!speech) return;
        _vote.Add(left, right, product);
        if (++_voteFrames == FramesAVote) Vote();
    }

    /// <summary>Whether the channels are the same. Without any talk the whole sound has the one vote.</summary>
    public bool Alike()
    {
        if (_votes == 0 && _voteFrames > 0) Vote();
        return _votes > 0 ? _alike >= Majority * _votes : _whole.Alike;
    }

    private void Vote()
    {
        _votes++;
        if (_vote.Alike) _alike++;
        (_vote, _voteFrames) = (default, 0);
    }

    private struct Sums
    {
        private double _left;
        private double _right;
        private double _product;

        public readonly bool Alike =>
            _left > 0 && _right > 0
            && Math.Abs(_product) >= LeastCorrelation * Math.Sqrt(_left * _right)
            && Math.Max(_left, _right) <= MostPowerRatio * Math.Min(_left, _right);

        public void Add(float left, float right, float product)
        {
            _left += left;
            _right += right;
            _product += product;
        }
    }
}
