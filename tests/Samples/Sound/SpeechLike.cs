namespace QualityIngest.Samples.Sound;

/// <summary>
/// Sound that is to a speech detector what speech is, whose truth is known by construction: glottal pulses and breath
/// through three formants that change from syllable to syllable, four or five syllables a second, over a steady noise.
/// The same seed gives the same samples.
/// </summary>
public static class SpeechLike
{
    /// <summary>No noise at all.</summary>
    public const double Clean = double.NegativeInfinity;

    private const double EdgeMs = 8;

    /// <summary>One channel.</summary>
    /// <param name="seed">Chooses noise, syllables and vowels.</param>
    /// <param name="sampleRate">Samples a second.</param>
    /// <param name="durationMs">The length of the channel.</param>
    /// <param name="bursts">Who speaks when; stretches that overlap add up.</param>
    /// <param name="noiseDbfs">The root mean square of the noise under everything.</param>
    public static float[] Render(
        int seed, int sampleRate, double durationMs, IEnumerable<Burst> bursts, double noiseDbfs = Clean)
    {
        var noise = new Noise(seed);
        var samples = new float[(int)(durationMs * sampleRate / 1000)];
        if (noiseDbfs > Clean) AddNoise(noise, samples, Amplitude(noiseDbfs));
        foreach (var burst in bursts)
        {
            var from = (int)Math.Round(burst.FromMs * sampleRate / 1000);
            var to = Math.Min(samples.Length, (int)Math.Round(burst.ToMs * sampleRate / 1000));
            var voice = Voice(noise, sampleRate, Math.Max(0, to - from), burst.PitchHz);
            var gain = (float)(Amplitude(burst.LevelDbfs) / Math.Max(1e-9, Rms(voice)));
            for (var i = 0; i < voice.Length; i++) samples[from + i] += gain * voice[i];
        }
        return samples;
    }

    /// <summary>Channels of one length as frames, one sample of each channel after the other.</summary>
    public static float[] Interleave(params float[][] channels)
    {
        var frames = new float[channels[0].Length * channels.Length];
        for (var i = 0; i < frames.Length; i++) frames[i] = channels[i % channels.Length][i / channels.Length];
        return frames;
    }

    private static void AddNoise(Noise noise, float[] samples, double amplitude)
    {
        for (var i = 0; i < samples.Length; i++) samples[i] += (float)(amplitude * noise.Normal());
    }

    private static float[] Voice(Noise noise, int sampleRate, int length, double pitchHz)
    {
        var voice = new float[length];
        var formants = new Formant[3];
        var (left, syllable, sinceBegin, phase, drift) = (0, 1, 0, 1.0, 1.0);
        var edge = Math.Max(1, EdgeMs * sampleRate / 1000);
        for (var i = 0; i < length; i++)
        {
            if (left == 0)
            {
                (left, sinceBegin) = (syllable = Math.Max(1, (int)(sampleRate * (0.16 + 0.12 * noise.Uniform()))), 0);
                drift = 0.9 + 0.2 * noise.Uniform();
                double[] vowel = [300 + 500 * noise.Uniform(), 900 + 1200 * noise.Uniform(), 2300 + 600 * noise.Uniform()];
                for (var f = 0; f < formants.Length; f++) formants[f].Tune(vowel[f], 60 + 40 * f, sampleRate);
            }
            phase += pitchHz * drift / sampleRate;
            var source = 0.03 * noise.Normal();
            if (phase >= 1) (phase, source) = (phase - 1, source + 1);
            var sound = formants[0].Next(source) + 0.5 * formants[1].Next(source) + 0.25 * formants[2].Next(source);

            // Between syllables the voice falls by some 15 dB for a moment, never to nothing.
            var place = sinceBegin / (double)syllable;
            var loudness = 0.18 + 0.82 * Math.Min(1, 2.5 * Math.Sin(Math.PI * place));
            if (i < syllable / 2 && place < 0.5) loudness = 1;
            if (length - i < syllable / 2) loudness = Math.Max(loudness, 0.7);
            var ramp = Math.Min(1, Math.Min(i + 1, length - i) / edge);
            voice[i] = (float)(sound * loudness * ramp);
            (left, sinceBegin) = (left - 1, sinceBegin + 1);
        }
        return voice;
    }

    private static double Amplitude(double dbfs) => Math.Pow(10, dbfs / 20);

    private static double Rms(float[] samples) =>
        samples.Length == 0 ? 0 : Math.Sqrt(samples.Sum(sample => (double)sample * sample) / samples.Length);

    /// <summary>A resonance of the vocal tract: a filter with one pair of poles.</summary>
    private struct Formant
    {
        private double _a1;
        private double _a2;
        private double _gain;
        private double _last;
        private double _beforeLast;

        public void Tune(double frequency, double bandwidth, int sampleRate)
        {
            var radius = Math.Exp(-Math.PI * bandwidth / sampleRate);
            (_a1, _a2, _gain) = (2 * radius * Math.Cos(2 * Math.PI * frequency / sampleRate), -radius * radius, 1 - radius);
        }

        public double Next(double input)
        {
            var output = _gain * input + _a1 * _last + _a2 * _beforeLast;
            (_beforeLast, _last) = (_last, output);
            return output;
        }
    }
}
