using QualityIngest.Audio;

namespace QualityIngest.Domain.Conversations;

/// <summary>Whose voice a recording holds.</summary>
public enum RecordingSide
{
    /// <summary>Both parties', a channel each.</summary>
    Stereo,

    /// <summary>The agent's alone.</summary>
    Agent,

    /// <summary>The customer's alone.</summary>
    Customer,

    /// <summary>Both parties' in one channel, so that they cannot be told apart.</summary>
    Mixed,
}

/// <summary>
/// Where a recording was found when it was measured: an object of a bucket, or an address of another host. Stored with its
/// revision; the address may hold a signature, so it is neither shown nor logged.
/// </summary>
public sealed record RecordingPlace
{
    /// <summary>Whose voice it holds.</summary>
    public required RecordingSide Side { get; init; }

    /// <summary>The bucket; null where <see cref="Url"/> says where it is.</summary>
    public string? Bucket { get; init; }

    /// <summary>The exact key in the bucket.</summary>
    public string? Key { get; init; }

    /// <summary>The version that was measured; null where the host told none.</summary>
    public string? Etag { get; init; }

    /// <summary>The HTTPS address as the row gave it; null where it is an object of a bucket.</summary>
    public string? Url { get; init; }

    /// <summary>Stored bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>What kind of file it is, e.g. <c>audio/wav</c>: see <see cref="MediaType"/>.</summary>
    public string? ContentType { get; init; }

    /// <summary>The media type of a sound file, by what its decoder found rather than by what its store says.</summary>
    public static string MediaType(SoundFormat format) => format.Container == "mpeg" ? "audio/mpeg" : "audio/wav";

    /// <summary>Without its address.</summary>
    public override string ToString() => $"RecordingPlace({Side}, {Bytes} bytes)";
}
