using Microsoft.Win32.SafeHandles;

namespace QualityIngest.Audio.Tests.Kit;

/// <summary>A file for the room, spooled as the product does.</summary>
internal static class Recording
{
    private static readonly SoundSpool Spool = new(new SoundOptions());

    public static async Task<SafeFileHandle> Of(byte[] bytes) => await Spool.Copy(new MemoryStream(bytes), bytes.Length, CancellationToken.None);

    /// <summary>All that a file holds; fails where it is refused.</summary>
    public static async Task<Decoded> Decode(byte[] bytes)
    {
        using var file = await Of(bytes);
        var looked = SoundProbe.Look(file, SoundLimits.Default);
        Assert.Null(looked.Refusal);
        var samples = new List<float>();
        Assert.Null(SoundReader.Decode(file, looked.Layout!, SoundLimits.Default, frames => samples.AddRange(frames)));
        return new(looked.Layout!.Format, [.. samples]);
    }

    /// <summary>The whole outcome.</summary>
    public static async Task<SoundOutcome> Read(byte[] bytes, SoundLimits? limits = null)
    {
        using var file = await Of(bytes);
        return SoundReader.Read(file, limits ?? SoundLimits.Default);
    }

    /// <summary>Why a file is refused; fails where it is not.</summary>
    public static async Task<string> Refusal(byte[] bytes, SoundLimits? limits = null) =>
        Assert.IsType<SoundRefused>(await Read(bytes, limits)).Reason;
}

internal sealed record Decoded(SoundFormat Format, float[] Samples)
{
    public int Frames => Samples.Length / Format.Channels;
}
