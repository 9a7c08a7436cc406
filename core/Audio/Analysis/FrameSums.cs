using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace QualityIngest.Audio.Analysis;

/// <summary>What one pass over the samples of a frame of 10 ms adds up.</summary>
/// <param name="Peak">The largest absolute sample.</param>
/// <param name="Sum">The samples.</param>
/// <param name="Squares">Their squares.</param>
/// <param name="Slope">The samples by <see cref="FrameShape"/>'s line.</param>
/// <param name="Bend">The samples by its parabola.</param>
internal readonly record struct FrameSums(float Peak, float Sum, float Squares, float Slope, float Bend)
{
    /// <summary>False when a sample is no number or beyond full scale: the sums are then of no use.</summary>
    public bool Sound => float.IsFinite(Squares) && Peak <= 1;

    /// <summary>The sums of one channel.</summary>
    public static FrameSums OfOne(ReadOnlySpan<float> samples, FrameShape shape)
    {
        var lanes = new Lanes();
        var vectors = MemoryMarshal.Cast<float, Vector256<float>>(samples);
        var slopes = shape.Slopes[..(vectors.Length + 1)];
        var bends = shape.Bends[..(vectors.Length + 1)];
        for (var i = 0; i < vectors.Length; i++) lanes.Add(vectors[i], slopes[i], bends[i]);
        var rest = samples[(vectors.Length * Vector256<float>.Count)..];
        if (!rest.IsEmpty) lanes.Add(Padded(rest), slopes[vectors.Length], bends[vectors.Length]);
        return lanes.All();
    }

    /// <summary>The sums of two channels that alternate, and the sum of the products of one with the other.</summary>
    public static (FrameSums Left, FrameSums Right, float Product) OfTwo(ReadOnlySpan<float> interleaved, FrameShape shape)
    {
        var lanes = new Lanes();
        var products = Vector256<float>.Zero;
        var vectors = MemoryMarshal.Cast<float, Vector256<float>>(interleaved);
        var slopes = shape.Slopes[..(vectors.Length + 1)];
        var bends = shape.Bends[..(vectors.Length + 1)];
        for (var i = 0; i < vectors.Length; i++)
        {
            lanes.Add(vectors[i], slopes[i], bends[i]);
            products += vectors[i] * Swapped(vectors[i]);
        }
        var rest = interleaved[(vectors.Length * Vector256<float>.Count)..];
        if (!rest.IsEmpty)
        {
            var last = Padded(rest);
            lanes.Add(last, slopes[vectors.Length], bends[vectors.Length]);
            products += last * Swapped(last);
        }
        // Every product was taken twice, once in either lane.
        return (lanes.Even(), lanes.Odd(), Vector256.Sum(products) / 2);
    }

    private static Vector256<float> Swapped(Vector256<float> pairs) =>
        Vector256.Shuffle(pairs, Vector256.Create(1, 0, 3, 2, 5, 4, 7, 6));

    private static Vector256<float> Padded(ReadOnlySpan<float> rest)
    {
        Span<float> lanes = stackalloc float[Vector256<float>.Count];
        lanes.Clear();
        rest.CopyTo(lanes);
        return Vector256.Create<float>(lanes);
    }

    /// <summary>
    /// Eight samples at a time. Multiplied and added apart rather than fused, so that every processor comes to the same sums.
    /// </summary>
    private struct Lanes
    {
        private Vector256<float> _peak;
        private Vector256<float> _sum;
        private Vector256<float> _squares;
        private Vector256<float> _slope;
        private Vector256<float> _bend;

        public void Add(Vector256<float> samples, Vector256<float> slope, Vector256<float> bend)
        {
            // A sample that is no number may slip through here; the squares keep it.
            _peak = Vector256.MaxNative(_peak, Vector256.Abs(samples));
            _sum += samples;
            _squares += samples * samples;
            _slope += samples * slope;
            _bend += samples * bend;
        }

        public readonly FrameSums All() => new(
            Most(_peak, 0, 1), Vector256.Sum(_sum), Vector256.Sum(_squares), Vector256.Sum(_slope), Vector256.Sum(_bend));

        public readonly FrameSums Even() => Every(0);

        public readonly FrameSums Odd() => Every(1);

        private readonly FrameSums Every(int lane) =>
            new(Most(_peak, lane, 2), Total(_sum, lane), Total(_squares, lane), Total(_slope, lane), Total(_bend, lane));

        private static float Total(Vector256<float> lanes, int from) => lanes[from] + lanes[from + 2] + lanes[from + 4] + lanes[from + 6];

        private static float Most(Vector256<float> lanes, int from, int step)
        {
            var most = 0f;
            for (var i = from; i < Vector256<float>.Count; i += step) most = Math.Max(most, lanes[i]);
            return most;
        }
    }
}
