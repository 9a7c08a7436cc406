namespace QualityIngest.Audio.Analysis;

/// <summary>Measures one channel, a frame of 10 ms at a time.</summary>
internal sealed class ChannelMeter
{
    private readonly SpeechDetector _speech = new();
    private readonly PeakOutline _outline = new();
    private readonly ClipCount _clipped = new();
    private double _squares;
    private float _peak;
    private float _lastPower;

    /// <summary>Adds a frame; answers as <see cref="SpeechDetector.Add"/> does.</summary>
    /// <param name="sums">Its sums.</param>
    /// <param name="power">Its power without offset and hum; null where it is too short to tell, which goes on as before.</param>
    /// <param name="frame">Its samples, those of other channels between them.</param>
    /// <param name="channel">Which of them are this channel's.</param>
    /// <param name="channels">How many channels alternate.</param>
    public bool? Add(in FrameSums sums, float? power, ReadOnlySpan<float> frame, int channel, int channels)
    {
        _squares += sums.Squares;
        _peak = Math.Max(_peak, sums.Peak);
        _outline.Add(sums.Peak);
        _clipped.Add(frame, channel, channels, sums.Peak);
        _lastPower = power ?? _lastPower;
        return _speech.Add(_lastPower);
    }

    /// <summary>After the last frame: as <see cref="SpeechDetector.Drain"/>.</summary>
    public bool? Drain() => _speech.Drain();

    /// <summary>What the channel holds.</summary>
    /// <param name="samples">How many samples it had.</param>
    /// <param name="frames">How many frames its speech track is to have.</param>
    public SoundChannel Channel(long samples, int frames) => new(
        new(Decibels.OfPower(samples == 0 ? 0 : _squares / samples), Decibels.OfAmplitude(_peak), _clipped.Samples, _speech.NoiseFloorDbfs),
        _speech.Activity(frames), _outline.Peaks());
}
