namespace QualityIngest.Audio;

/// <summary>What the decoder is given of a file: a header of our own, and the file's sound without anything around it.</summary>
/// <param name="Format">What it is.</param>
/// <param name="Prefix">The bytes before the first stretch.</param>
/// <param name="Stretches">Where the sound lies, in order.</param>
/// <param name="SkippedFrames">Frames at the beginning that the prefix adds, and that are no sound of the file.</param>
/// <param name="MostFrames">
/// How many frames there can be, where the bytes tell: for sound of odd length the library makes some up.
/// </param>
internal sealed record SoundLayout(
    SoundFormat Format, byte[] Prefix, IReadOnlyList<Stretch> Stretches, int SkippedFrames = 0, long MostFrames = long.MaxValue);

/// <summary>Consecutive bytes of a file.</summary>
internal readonly record struct Stretch(long Offset, long Length)
{
    public long End => Offset + Length;
}

/// <summary>A file that was looked at: how it is to be read, or a sentence that says why it cannot be.</summary>
internal readonly record struct Looked(SoundLayout? Layout, string? Refusal)
{
    public static implicit operator Looked(SoundLayout layout) => new(layout, null);

    public static implicit operator Looked(string refusal) => new(null, refusal);
}
