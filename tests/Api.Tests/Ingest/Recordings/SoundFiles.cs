using QualityIngest.Samples.Sound;

namespace QualityIngest.Api.Tests.Ingest.Recordings;

/// <summary>Short recordings whose truth is known, rendered once for all tests.</summary>
public static class SoundFiles
{
    /// <summary>How long each of them is, in milliseconds, unless it says otherwise.</summary>
    public const int DurationMs = 4_000;

    /// <summary>How far what a detector finds may be from the truth, in milliseconds a burst.</summary>
    public const int ToleranceMs = 250;

    private const int Rate = 8_000;

    private static readonly Lazy<float[]> AgentVoice = new(() => Voice(1, DurationMs, new Burst(300, 1_300), new Burst(2_700, 3_300)));
    private static readonly Lazy<float[]> CustomerVoice = new(() => Voice(2, DurationMs, new Burst(1_700, 2_500, PitchHz: 200)));

    /// <summary>The agent speaks for 1,600 ms in two turns; alone in a file.</summary>
    public static byte[] Agent => WaveFile.Pcm16(Rate, 1, AgentVoice.Value);

    /// <summary>The customer speaks for 800 ms between them; alone in a file.</summary>
    public static byte[] Customer => WaveFile.Pcm16(Rate, 1, CustomerVoice.Value);

    /// <summary>The customer's voice in a file that is a second shorter.</summary>
    public static byte[] ShortCustomer => WaveFile.Pcm16(Rate, 1, CustomerVoice.Value.AsSpan(0, Rate * 3));

    /// <summary>The agent left, the customer right.</summary>
    public static byte[] Stereo => Channels(AgentVoice.Value, CustomerVoice.Value);

    /// <summary>The customer left, the agent right.</summary>
    public static byte[] Swapped => Channels(CustomerVoice.Value, AgentVoice.Value);

    /// <summary>The agent left and right.</summary>
    public static byte[] Identical => Channels(AgentVoice.Value, AgentVoice.Value);

    /// <summary>Three channels.</summary>
    public static byte[] Three => Channels(AgentVoice.Value, CustomerVoice.Value, AgentVoice.Value);

    private static byte[] Channels(params float[][] channels) => WaveFile.Pcm16(Rate, channels.Length, SpeechLike.Interleave(channels));

    private static float[] Voice(int seed, int durationMs, params Burst[] bursts) => SpeechLike.Render(seed, Rate, durationMs, bursts, noiseDbfs: -65);
}
