namespace QualityIngest.Audio;

internal sealed class SoundAnalysis(int channels, int sampleRate)
{
    private long _samples;

    public void Add(ReadOnlySpan<float> interleaved) => _samples += interleaved.Length;

    public Sound Finish(SoundFormat format)
    {
        var frames = _samples / channels;
        var channel = new SoundChannel(new SoundLevel(0, 0, 0, 0), new SpeechActivity(0, []), new SoundPeaks(1, []));
        return new Sound(format, frames, frames * 1000 / sampleRate, [.. Enumerable.Repeat(channel, channels)], false);
    }
}
