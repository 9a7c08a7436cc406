namespace QualityIngest.Samples.Sound;

/// <summary>A stretch in which somebody speaks without a pause of note.</summary>
/// <param name="FromMs">Where it begins, in milliseconds.</param>
/// <param name="ToMs">Where it ends.</param>
/// <param name="LevelDbfs">The root mean square of the stretch, a full-scale square wave being 0; speech on a telephone is about -26.</param>
/// <param name="PitchHz">The pitch of the voice: some 110 for a man, 200 for a woman.</param>
public sealed record Burst(double FromMs, double ToMs, double LevelDbfs = -22, double PitchHz = 120);
