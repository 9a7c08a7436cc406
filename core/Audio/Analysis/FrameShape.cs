using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace QualityIngest.Audio.Analysis;

/// <summary>
/// What belongs to no speech in a frame of so many samples: its mean, its slope and its bend. Without these (the Legendre
/// polynomials of degree 0 to 2) no DC offset is left, a hum of 50 or 60 Hz loses 18 dB or more, and speech above 150 Hz
/// nothing to speak of: a high-pass filter that needs nothing of the frame before.
/// </summary>
internal sealed class FrameShape
{
    private const int Removed = 3;

    private readonly int _samples;
    private readonly float[] _slopes;
    private readonly float[] _bends;

    /// <param name="samples">How many samples a channel has in the frame.</param>
    /// <param name="interleaved">How many channels alternate: each weight comes so many times.</param>
    public FrameShape(int samples, int interleaved)
    {
        _samples = samples;
        var middle = (samples - 1) / 2.0;
        var slopes = Enumerable.Range(0, samples).Select(i => i - middle).ToArray();
        var mean = samples == 0 ? 0 : slopes.Sum(t => t * t) / samples;
        var bends = slopes.Select(t => t * t - mean).ToArray();
        (_slopes, _bends) = (Normal(slopes, interleaved), Normal(bends, interleaved));
    }

    /// <summary>The weights of the line, and a vector of zeros or more behind them.</summary>
    public ReadOnlySpan<Vector256<float>> Slopes => MemoryMarshal.Cast<float, Vector256<float>>(_slopes);

    /// <summary>The weights of the parabola, likewise.</summary>
    public ReadOnlySpan<Vector256<float>> Bends => MemoryMarshal.Cast<float, Vector256<float>>(_bends);

    /// <summary>The mean square of what is left; for white noise it is that of the noise, since lost dimensions do not count.</summary>
    public float Power(in FrameSums sums)
    {
        if (_samples <= Removed) return 0;
        var rest = sums.Squares - sums.Sum * sums.Sum / _samples - sums.Slope * sums.Slope - sums.Bend * sums.Bend;
        return Math.Max(0, rest / (_samples - Removed));
    }

    private static float[] Normal(double[] weights, int interleaved)
    {
        var length = Math.Sqrt(weights.Sum(weight => weight * weight));
        var floats = weights.Length * interleaved;
        var padded = new float[(floats / Vector256<float>.Count + 2) * Vector256<float>.Count];
        if (length > 0)
            for (var i = 0; i < floats; i++) padded[i] = (float)(weights[i / interleaved] / length);
        return padded;
    }
}
