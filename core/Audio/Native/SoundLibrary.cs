using System.Runtime.InteropServices;

namespace QualityIngest.Audio;

/// <summary>libsndfile, as far as it is used.</summary>
internal static unsafe partial class SoundLibrary
{
    public const string HowToInstall = "libsndfile is missing, which decodes recordings. Install it: apt-get install -y libsndfile1";

    /// <summary>The mode of <see cref="OpenVirtual"/> for reading.</summary>
    public const int Read = 0x10;

    private const string Name = "libsndfile.so.1";

    /// <summary>Whether it can be loaded. It stays loaded then.</summary>
    public static bool IsPresent => NativeLibrary.TryLoad(Name, typeof(SoundLibrary).Assembly, null, out _);

    [LibraryImport(Name, EntryPoint = "sf_open_virtual")]
    public static partial nint OpenVirtual(in VirtualCalls calls, int mode, ref SoundInfo info, nint user);

    [LibraryImport(Name, EntryPoint = "sf_readf_float")]
    public static partial long ReadFrames(NativeSound sound, float* samples, long frames);

    [LibraryImport(Name, EntryPoint = "sf_error")]
    public static partial int Error(NativeSound sound);

    [LibraryImport(Name, EntryPoint = "sf_strerror")]
    public static partial nint ErrorText(nint sound);

    [LibraryImport(Name, EntryPoint = "sf_close")]
    public static partial int Close(nint sound);

    /// <summary><c>SF_INFO</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct SoundInfo
    {
        public long Frames;
        public int SampleRate;
        public int Channels;
        public int Format;
        public int Sections;
        public int Seekable;
    }

    /// <summary><c>SF_VIRTUAL_IO</c>: the library copies it.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct VirtualCalls
    {
        public delegate* unmanaged[Cdecl]<nint, long> Length;
        public delegate* unmanaged[Cdecl]<long, int, nint, long> Seek;
        public delegate* unmanaged[Cdecl]<byte*, long, nint, long> Read;
        public delegate* unmanaged[Cdecl]<byte*, long, nint, long> Write;
        public delegate* unmanaged[Cdecl]<nint, long> Tell;
    }
}
