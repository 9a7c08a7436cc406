using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace QualityIngest.Audio;

/// <summary>An open sound of libsndfile, which reads its bytes through us.</summary>
internal sealed unsafe class NativeSound : SafeHandleZeroOrMinusOneIsInvalid
{
    private static readonly SoundLibrary.VirtualCalls Calls = new()
    {
        Length = &OnLength,
        Seek = &OnSeek,
        Read = &OnRead,
        Write = &OnWrite,
        Tell = &OnTell,
    };

    private readonly LaidOutBytes _bytes;
    private GCHandle<LaidOutBytes> _user;

    private NativeSound(LaidOutBytes bytes) : base(ownsHandle: true)
    {
        _bytes = bytes;
        _user = new(bytes);
    }

    public int Channels { get; private set; }

    public int SampleRate { get; private set; }

    /// <summary>Opens a file as it was laid out.</summary>
    /// <returns>The sound; it is invalid where the library refused it, and <see cref="Complaint"/> says why.</returns>
    public static NativeSound Open(SafeFileHandle file, SoundLayout layout)
    {
        var sound = new NativeSound(new LaidOutBytes(file, layout));
        var info = default(SoundLibrary.SoundInfo);
        sound.SetHandle(SoundLibrary.OpenVirtual(Calls, SoundLibrary.Read, ref info, GCHandle<LaidOutBytes>.ToIntPtr(sound._user)));
        sound._bytes.Failure?.Throw();
        (sound.Channels, sound.SampleRate) = (info.Channels, info.SampleRate);
        return sound;
    }

    /// <summary>What the library says of its last failure; null when there was none.</summary>
    public string? Complaint
    {
        get
        {
            if (!IsInvalid && SoundLibrary.Error(this) == 0)
                return null;
            var text = Marshal.PtrToStringUTF8(SoundLibrary.ErrorText(IsInvalid ? 0 : handle)) ?? "";
            return text.Length > 200 ? text[..200] : text.TrimEnd('.', '\n');
        }
    }

    /// <summary>Decodes on.</summary>
    /// <param name="samples">Room for whole frames.</param>
    /// <returns>How many frames there are; 0 at the end.</returns>
    public int Read(Span<float> samples)
    {
        fixed (float* into = samples)
        {
            var read = SoundLibrary.ReadFrames(this, into, samples.Length / Channels);
            _bytes.Failure?.Throw();
            return (int)Math.Max(0, read);
        }
    }

    protected override bool ReleaseHandle() => SoundLibrary.Close(handle) == 0;

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (_user.IsAllocated)
            _user.Dispose();
    }

    private static LaidOutBytes Bytes(nint user) => GCHandle<LaidOutBytes>.FromIntPtr(user).Target;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long OnLength(nint user) => Bytes(user).Length;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long OnSeek(long offset, int whence, nint user) => Bytes(user).Seek(offset, (SeekOrigin)whence);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long OnRead(byte* into, long count, nint user)
    {
        var bytes = Bytes(user);
        try
        {
            return bytes.Read(new Span<byte>(into, (int)Math.Clamp(count, 0, 1 << 30)));
        }
        catch (Exception e)
        {
            bytes.Failure = ExceptionDispatchInfo.Capture(e); // thrown on our side of the library
            return 0;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long OnWrite(byte* from, long count, nint user) => 0;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long OnTell(nint user) => Bytes(user).Position;
}
