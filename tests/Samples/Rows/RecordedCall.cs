using System.Globalization;
using QualityIngest.Samples.Dialogue;
using QualityIngest.Samples.Sound;

namespace QualityIngest.Samples.Rows;

/// <summary>How telephone systems write sound.</summary>
internal enum SoundCodec
{
    Pcm16,
    MuLaw,
    ALaw,
}

/// <summary>A call whose sound exists: its row and transcript, and voices that speak when the transcript says so.</summary>
internal sealed class RecordedCall(Contact contact, string prefix, string folder, int seed)
{
    private const int SampleRate = 8_000;
    private const double NoiseDbfs = -62;
    private const double PauseMs = 200;

    private readonly double durationMs = (contact.Row.End - contact.Row.Start).TotalMilliseconds;

    /// <summary>The row, which names no recording yet, and its transcript.</summary>
    public Contact Contact => contact;

    /// <summary>The call with one recording of both parties.</summary>
    public Recorded Stereo(SoundCodec codec, bool withTranscript = false)
    {
        var (name, key) = Name("");
        // A row that names no channels has the agent on the first.
        var agentIsFirst = contact.Row.AgentChannel is "" or "0";
        Speaker[] channels = agentIsFirst ? [Speaker.Agent, Speaker.Customer] : [Speaker.Customer, Speaker.Agent];
        var row = contact.Row with { RecordingType = "stereo", Recording = name, Transcript = withTranscript ? contact.Row.Transcript : "", AsrProvider = withTranscript ? contact.Row.AsrProvider : "" };
        return new([row], [new(key, File(codec, channels), 1), .. withTranscript ? [contact.Document] : Array.Empty<SampleObject>()], Truth(isStereo: true));
    }

    /// <summary>The call with a recording of each party.</summary>
    public Recorded Mono(SoundCodec codec)
    {
        var (agent, agentKey) = Name("-agent");
        var (customer, customerKey) = Name("-customer");
        var row = contact.Row with
        {
            RecordingType = "mono",
            Transcript = "",
            AsrProvider = "",
            AgentChannel = "",
            CustomerChannel = "",
            AgentRecording = agent,
            CustomerRecording = customer,
        };
        return new(
            [row],
            [new(agentKey, File(codec, Speaker.Agent), 1), new(customerKey, File(codec, Speaker.Customer), 1)],
            Truth(isStereo: false));
    }

    /// <summary>The call as one recording that has both parties in both channels: it can be measured, but not told apart.</summary>
    public Recorded Mixed(SoundCodec codec)
    {
        var stereo = Stereo(codec);
        return stereo with { Objects = [stereo.Objects[0] with { Content = new(() => Write(codec, [Both(), Both()])) }], Truth = null };

        float[] Both() => [.. Voice(Speaker.Agent).Zip(Voice(Speaker.Customer), (agent, customer) => (agent + customer) / 2)];
    }

    private (string Locator, string Key) Name(string side)
    {
        var path = $"{folder}recordings/{contact.Row.ConversationId}{side}.wav";
        return (path, prefix + path);
    }

    private float[] Voice(Speaker speaker)
    {
        var (level, pitch) = speaker == Speaker.Agent ? (-20.0, 118 + seed % 5 * 22) : (-24.0, 210 - seed % 7 * 18);
        return SpeechLike.Render(
            seed + (int)speaker, SampleRate, durationMs,
            contact.Phrases.Where(phrase => phrase.Speaker == speaker).Select(phrase => new Burst(phrase.FromMs, phrase.ToMs, level, pitch)), NoiseDbfs);
    }

    private Lazy<byte[]> File(SoundCodec codec, params Speaker[] channels) => new(() => Write(codec, [.. channels.Select(Voice)]));

    private static byte[] Write(SoundCodec codec, float[][] channels) => codec switch
    {
        SoundCodec.MuLaw => WaveFile.MuLaw(SampleRate, channels.Length, SpeechLike.Interleave(channels)),
        SoundCodec.ALaw => WaveFile.ALaw(SampleRate, channels.Length, SpeechLike.Interleave(channels)),
        _ => WaveFile.Pcm16(SampleRate, channels.Length, SpeechLike.Interleave(channels)),
    };

    private SampleRecording Truth(bool isStereo) =>
        new(contact.Row.ConversationId, (long)durationMs, TalkMs(Speaker.Agent), TalkMs(Speaker.Customer), isStereo);

    /// <summary>The length of a party's phrases, short pauses between them included.</summary>
    private long TalkMs(Speaker speaker)
    {
        var (talk, until) = (0.0, double.NegativeInfinity);
        foreach (var phrase in contact.Phrases.Where(phrase => phrase.Speaker == speaker))
        {
            talk += phrase.ToMs - (phrase.FromMs - until < PauseMs ? until : phrase.FromMs);
            until = phrase.ToMs;
        }

        return (long)talk;
    }
}

/// <summary>What a recorded call leaves in the bucket.</summary>
/// <param name="Rows">Its row, or a row of each party.</param>
/// <param name="Objects">Its recordings and documents.</param>
/// <param name="Truth">What is in the sound; null where it cannot be measured.</param>
internal sealed record Recorded(IReadOnlyList<SampleRow> Rows, IReadOnlyList<SampleObject> Objects, SampleRecording? Truth)
{
    /// <summary>The only row.</summary>
    public SampleRow Row => Rows.Single();
}
