using QualityIngest.Samples.Rows;

namespace QualityIngest.Samples;

/// <summary>Which recorded calls lie where, and which mishap meets which of them.</summary>
internal sealed class RecordedLayout
{
    /// <summary>Makes the calls of two days up.</summary>
    /// <param name="makeUp">A call of a day, counted from 0.</param>
    public RecordedLayout(Func<int, RecordedCall> makeUp)
    {
        Recorded[] first =
        [
            makeUp(0).Stereo(SoundCodec.MuLaw, withTranscript: true),
            makeUp(0).Stereo(SoundCodec.Pcm16),
            makeUp(0).Stereo(SoundCodec.ALaw),
            makeUp(0).Mixed(SoundCodec.MuLaw),
            makeUp(0).Mono(SoundCodec.Pcm16),
            RecordingMishaps.InTwoRows(makeUp(0).Mono(SoundCodec.MuLaw)),
            With(makeUp(0), call => RecordingMishaps.OneChannelForTwo(call.Stereo(SoundCodec.MuLaw), call.Mono(SoundCodec.MuLaw))),
            With(makeUp(0), call => RecordingMishaps.TwoChannelsForOne(call.Mono(SoundCodec.Pcm16), call.Stereo(SoundCodec.Pcm16))),
            RecordingMishaps.NoSound(makeUp(0).Stereo(SoundCodec.MuLaw)),
            RecordingMishaps.NeverUploaded(makeUp(0).Stereo(SoundCodec.MuLaw)),
            RecordingMishaps.NamedTwice(makeUp(0).Mono(SoundCodec.ALaw)),
            RecordingMishaps.InTwoMinds(makeUp(0).Mono(SoundCodec.ALaw)),
        ];
        Recorded[] second =
        [
            makeUp(1).Stereo(SoundCodec.ALaw),
            makeUp(1).Mono(SoundCodec.MuLaw),
            RecordingMishaps.UnmappedQueue(makeUp(1).Stereo(SoundCodec.MuLaw)),
        ];
        var (split, late) = (RecordingMishaps.InTwoRows(makeUp(0).Mono(SoundCodec.MuLaw)), RecordingMishaps.InTwoRows(makeUp(1).Mono(SoundCodec.ALaw)));
        Days = [[.. first.SelectMany(call => call.Rows), split.Rows[0]], [split.Rows[1], .. second.SelectMany(call => call.Rows), late.Rows[0]]];
        Late = late.Rows[1];
        Recorded[] all = [.. first, .. second, split, late];
        Objects = [.. all.SelectMany(call => call.Objects)];
        Truths = [.. all.Select(call => call.Truth).OfType<SampleRecording>()];
    }

    /// <summary>The rows of each day's file.</summary>
    public IReadOnlyList<IReadOnlyList<SampleRow>> Days { get; }

    /// <summary>The other half of a pair, which comes with the second round.</summary>
    public SampleRow Late { get; }

    /// <summary>Recordings and transcripts.</summary>
    public IReadOnlyList<SampleObject> Objects { get; }

    /// <summary>What is in those that can be measured.</summary>
    public IReadOnlyList<SampleRecording> Truths { get; }

    private static Recorded With(RecordedCall call, Func<RecordedCall, Recorded> befall) => befall(call);
}
