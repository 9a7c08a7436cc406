using Microsoft.Win32.SafeHandles;

namespace QualityIngest.Audio;

/// <summary>
/// Tells what a file is from its first bytes and finds the sound in it, without the native library: nothing but the sound
/// itself, behind a header that was written here, ever reaches that.
/// </summary>
internal static class SoundProbe
{
    public static Looked Look(SafeFileHandle file, SoundLimits limits)
    {
        var bytes = new FileBytes(file);
        var looked = bytes.Name(0) switch
        {
            "" when bytes.Length == 0 => "The file is empty.",
            "RIFF" or "RF64" => WaveFile.Look(bytes),
            _ when MpegFile.Begins(bytes) => MpegFile.Look(bytes),
            _ => "It is no sound file that is read here: neither WAVE (RIFF or RF64) nor MPEG audio.",
        };
        return looked.Layout is { } layout && limits.Refusal(layout.Format.Channels, layout.Format.SampleRate) is { } refusal ? refusal : looked;
    }
}
