namespace QualityIngest.Samples.Sound;

/// <summary>A seeded source of white noise, fast enough for hours of sound, the same on every machine (SplitMix64).</summary>
internal sealed class Noise(int seed)
{
    private ulong _state = (ulong)seed * 0x9E3779B97F4A7C15 + 0xD1B54A32D192ED03;

    /// <summary>From 0 up to 1.</summary>
    public double Uniform() => (Bits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Of mean 0 and deviation 1: the sum of four even numbers, which is close to normal.</summary>
    public double Normal()
    {
        const double Scale = 1.7320508075688772 / 65536;
        var bits = Bits();
        var sum = (int)(bits & 0xFFFF) + (int)(bits >> 16 & 0xFFFF) + (int)(bits >> 32 & 0xFFFF) + (int)(bits >> 48);
        return (sum - 2 * 65535) * Scale;
    }

    private ulong Bits()
    {
        var bits = _state += 0x9E3779B97F4A7C15;
        bits = (bits ^ bits >> 30) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ bits >> 27) * 0x94D049BB133111EB;
        return bits ^ bits >> 31;
    }
}
