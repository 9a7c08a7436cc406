namespace QualityIngest.Audio.Analysis;

/// <summary>
/// Measures decoded samples in one pass: levels, clipping, noise floor, speech and outline of every channel, and whether two
/// channels are one. How the samples are cut into blocks makes no difference. Memory does not grow with the length but for
/// the bits of speech: 45 kB an hour and channel. One analysis measures one sound, on one thread at a time.
/// </summary>
public sealed class SoundAnalysis
{
    /// <summary>The most channels.</summary>
    public const int MostChannels = 8;

    /// <summary>The lowest sample rate: below it a frame of 10 ms is too few samples to have a level.</summary>
    public const int LeastSampleRate = 2_000;

    /// <summary>The highest sample rate.</summary>
    public const int MostSampleRate = 768_000;

    private const int FramesASecond = 1_000 / SpeechActivity.FrameMs;

    private readonly int _channels;
    private readonly int _sampleRate;
    private readonly ChannelMeter[] _meters;
    private readonly ChannelLikeness? _likeness;
    private readonly FrameShape[] _shapes;
    private readonly float[] _begun;
    private readonly float[] _mended;
    private readonly float[] _single;
    private int _begunCount;
    private int _frames;
    private long _samples;
    private bool _finished;

    /// <param name="channels">How many channels alternate in the samples: 1 to <see cref="MostChannels"/>.</param>
    /// <param name="sampleRate">Samples of each channel a second: <see cref="LeastSampleRate"/> to <see cref="MostSampleRate"/>.</param>
    public SoundAnalysis(int channels, int sampleRate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(channels, MostChannels);
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRate, LeastSampleRate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sampleRate, MostSampleRate);
        (_channels, _sampleRate) = (channels, sampleRate);
        _meters = Enumerable.Range(0, channels).Select(_ => new ChannelMeter()).ToArray();
        _likeness = channels == 2 ? new() : null;

        // Where the rate is no multiple of 100, some frames have a sample more than others.
        var (least, interleaved) = (sampleRate / FramesASecond, channels == 2 ? 2 : 1);
        _shapes = [new(least, interleaved), new(least + 1, interleaved)];
        _begun = new float[(least + 1) * channels];
        _mended = new float[_begun.Length];
        _single = new float[least + 1];
    }

    /// <summary>Adds samples: one of each channel after the other, full scale being 1. A block may end anywhere.</summary>
    public void Add(ReadOnlySpan<float> interleaved)
    {
        ObjectDisposedException.ThrowIf(_finished, this);
        while (!interleaved.IsEmpty)
        {
            var needed = Length(_frames) * _channels;
            if (_begunCount == 0 && interleaved.Length >= needed)
            {
                Measure(interleaved[..needed]);
                interleaved = interleaved[needed..];
                continue;
            }
            var taken = Math.Min(needed - _begunCount, interleaved.Length);
            interleaved[..taken].CopyTo(_begun.AsSpan(_begunCount));
            interleaved = interleaved[taken..];
            _begunCount += taken;
            if (_begunCount < needed) return;
            Measure(_begun.AsSpan(0, needed));
            _begunCount = 0;
        }
    }

    /// <summary>What the samples were, after the last of them. A last frame that lacks a channel's sample is left out.</summary>
    public Sound Finish(SoundFormat format)
    {
        ObjectDisposedException.ThrowIf(_finished, this);
        if (format.Channels != _channels || format.SampleRate != _sampleRate)
            throw new ArgumentException("The format is not that of the samples.", nameof(format));
        if (_begunCount >= _channels) Measure(_begun.AsSpan(0, _begunCount - _begunCount % _channels));
        _finished = true;
        Drain();

        var durationMs = _samples * 1_000 / _sampleRate;
        var frames = SpeechWords.Frames(durationMs);
        var channels = _meters.Select(meter => meter.Channel(_samples, frames)).ToArray();
        return new(format, _samples, durationMs, channels, _likeness?.Alike() ?? false);
    }

    /// <summary>How many samples a channel has in a frame: frames begin at whole hundredths of a second, rounded down.</summary>
    private int Length(int frame) =>
        (int)((frame + 1L) * _sampleRate / FramesASecond - (long)frame * _sampleRate / FramesASecond);

    private void Measure(ReadOnlySpan<float> frame)
    {
        var samples = frame.Length / _channels;
        var least = _sampleRate / FramesASecond;
        var shape = samples >= least ? _shapes[samples - least] : new FrameShape(samples, _channels == 2 ? 2 : 1);
        // The last frame of a sound may be short; a few samples have no level of their own.
        var tells = samples * 2 >= least;
        if (_channels == 2) MeasureTwo(frame, shape, samples, tells);
        else MeasureEach(frame, shape, tells);
        _frames++;
        _samples += samples;
    }

    private void MeasureTwo(ReadOnlySpan<float> frame, FrameShape shape, int samples, bool tells)
    {
        var (left, right, product) = FrameSums.OfTwo(frame, shape);
        if (!left.Sound || !right.Sound)
        {
            frame = Mended(frame);
            (left, right, product) = FrameSums.OfTwo(frame, shape);
        }
        _likeness!.Add(
            left.Squares - left.Sum * left.Sum / samples, right.Squares - right.Sum * right.Sum / samples,
            product - left.Sum * right.Sum / samples);
        var first = _meters[0].Add(left, tells ? shape.Power(left) : null, frame, 0, 2);
        var second = _meters[1].Add(right, tells ? shape.Power(right) : null, frame, 1, 2);
        if (first is not null) _likeness.Decide(first is true || second is true);
    }

    private void MeasureEach(ReadOnlySpan<float> frame, FrameShape shape, bool tells)
    {
        for (var channel = 0; channel < _channels; channel++)
        {
            var samples = _channels == 1 ? frame : Single(frame, channel);
            var sums = FrameSums.OfOne(samples, shape);
            if (!sums.Sound)
            {
                samples = Mended(samples);
                sums = FrameSums.OfOne(samples, shape);
            }
            _meters[channel].Add(sums, tells ? shape.Power(sums) : null, samples, 0, 1);
        }
    }

    private ReadOnlySpan<float> Single(ReadOnlySpan<float> frame, int channel)
    {
        var single = _single.AsSpan(0, frame.Length / _channels);
        for (var i = 0; i < single.Length; i++) single[i] = frame[i * _channels + channel];
        return single;
    }

    /// <summary>What is no number is silence; what lies beyond full scale is full scale.</summary>
    private ReadOnlySpan<float> Mended(ReadOnlySpan<float> samples)
    {
        var mended = _mended.AsSpan(0, samples.Length);
        for (var i = 0; i < samples.Length; i++) mended[i] = float.IsNaN(samples[i]) ? 0 : Math.Clamp(samples[i], -1, 1);
        return mended;
    }

    private void Drain()
    {
        bool? first;
        do
        {
            first = _meters[0].Drain();
            var others = false;
            for (var i = 1; i < _meters.Length; i++) others |= _meters[i].Drain() is true;
            if (first is { } speech) _likeness?.Decide(speech || others);
        }
        while (first is not null);
    }
}
