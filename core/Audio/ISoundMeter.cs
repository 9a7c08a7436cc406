using Microsoft.Win32.SafeHandles;

namespace QualityIngest.Audio;

/// <summary>Decodes and measures recordings.</summary>
public interface ISoundMeter
{
    /// <summary>
    /// Reads a whole file, from its first byte. Waits for a free process when all are at work; never throws for what the file
    /// holds or does to its decoder.
    /// </summary>
    /// <param name="file">The file, open for reading; its name may be gone already.</param>
    /// <param name="cancel">Ends the wait and the work.</param>
    Task<SoundOutcome> Measure(SafeFileHandle file, CancellationToken cancel);
}
