namespace QualityIngest.Audio.Tests.Kit;

/// <summary>Sound to write and to compare with.</summary>
internal static class Signal
{
    /// <summary>Interleaved tones that swell and sink, of another pitch in each channel, at most half of full scale.</summary>
    public static float[] Tones(int frames, int channels, int sampleRate)
    {
        var samples = new float[frames * channels];
        for (var i = 0; i < frames; i++)
        {
            var swell = 0.3 + (0.2 * Math.Sin(2 * Math.PI * 3 * i / sampleRate));
            for (var c = 0; c < channels; c++)
                samples[(i * channels) + c] = (float)(swell * Math.Sin(2 * Math.PI * (220 + (110 * c)) * i / sampleRate));
        }

        return samples;
    }

    /// <summary>By how many decibels a signal is above what was made different of it, over as many samples as both have.</summary>
    public static double SignalToNoise(ReadOnlySpan<float> original, ReadOnlySpan<float> decoded)
    {
        double signal = 0, noise = 0;
        for (var i = 0; i < Math.Min(original.Length, decoded.Length); i++)
        {
            signal += original[i] * (double)original[i];
            noise += Math.Pow(original[i] - decoded[i], 2);
        }

        return 10 * Math.Log10(signal / Math.Max(noise, 1e-20));
    }
}
