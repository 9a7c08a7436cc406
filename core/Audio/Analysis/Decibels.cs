namespace QualityIngest.Audio.Analysis;

/// <summary>Between power or amplitude, full scale being 1, and dBFS, whose least is <see cref="SoundLevel.SilenceDbfs"/>.</summary>
internal static class Decibels
{
    public static double OfPower(double power) =>
        power > 0 ? Math.Max(SoundLevel.SilenceDbfs, 10 * Math.Log10(power)) : SoundLevel.SilenceDbfs;

    public static double OfAmplitude(double amplitude) => OfPower(amplitude * amplitude);

    public static double ToPower(double decibels) => Math.Pow(10, decibels / 10);
}
