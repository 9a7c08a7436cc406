using System.Runtime.InteropServices;

namespace QualityIngest.Audio.Tests.Kit;

/// <summary>Files as libsndfile itself writes them.</summary>
internal static unsafe partial class Written
{
    public const int Wave = 0x010000, WaveExtensible = 0x130000, Rf64 = 0x220000, Mpeg = 0x230000;
    private const int WriteMode = 0x20, SetBitrateMode = 0x1305;

    /// <summary>Encodes interleaved samples and returns the file.</summary>
    /// <param name="format">Container and codec, as in <c>sndfile.h</c>.</param>
    /// <param name="samples">What is written.</param>
    /// <param name="channels">How many channels.</param>
    /// <param name="sampleRate">Frames a second.</param>
    /// <param name="bitrateMode">For MPEG: 0 constant, 1 average, 2 variable.</param>
    public static byte[] File(int format, ReadOnlySpan<float> samples, int channels, int sampleRate, int? bitrateMode = null)
    {
        var path = Path.Combine(Path.GetTempPath(), $"qi-written-{Guid.NewGuid():N}");
        try
        {
            var info = new SoundLibrary.SoundInfo { Format = format, Channels = channels, SampleRate = sampleRate };
            var sound = Open(path, WriteMode, &info);
            Assert.True(sound != 0, Marshal.PtrToStringUTF8(SoundLibrary.ErrorText(0)));
            if (bitrateMode is { } mode)
                _ = Command(sound, SetBitrateMode, &mode, sizeof(int)); // versions differ in what they return

            fixed (float* from = samples)
                Assert.Equal(samples.Length / channels, WriteFrames(sound, from, samples.Length / channels));
            Assert.Equal(0, SoundLibrary.Close(sound));
            return System.IO.File.ReadAllBytes(path);
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }

    [LibraryImport("libsndfile.so.1", EntryPoint = "sf_open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Open(string path, int mode, SoundLibrary.SoundInfo* info);

    [LibraryImport("libsndfile.so.1", EntryPoint = "sf_writef_float")]
    private static partial long WriteFrames(nint sound, float* samples, long frames);

    [LibraryImport("libsndfile.so.1", EntryPoint = "sf_command")]
    private static partial int Command(nint sound, int command, void* data, int size);
}
