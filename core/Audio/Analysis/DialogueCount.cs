using System.Numerics;

namespace QualityIngest.Audio.Analysis;

/// <summary>
/// One pass over two tracks, 64 frames at a time. Times are counted bits; only the frames in which somebody begins or
/// everybody has ended are looked at one by one.
/// </summary>
internal sealed class DialogueCount
{
    private const int FrameMs = SpeechActivity.FrameMs;

    private readonly long _durationMs;
    private readonly int _frames;
    private Party _before;
    private Party _turnOf;
    private bool _speaking;
    private int _silentSince;
    private long _longestSilenceMs;
    private int _turns;
    private (int Count, long Frames) _firstResponses;
    private (int Count, long Frames) _secondResponses;

    private DialogueCount(long durationMs) => (_durationMs, _frames) = (durationMs, SpeechWords.Frames(durationMs));

    [Flags]
    private enum Party
    {
        None = 0,
        First = 1,
        Second = 2,
        Both = First | Second,
    }

    public static Dialogue Over(ReadOnlySpan<ulong> first, ReadOnlySpan<ulong> second, long durationMs)
    {
        var count = new DialogueCount(durationMs);
        var (firstFrames, secondFrames, bothFrames, byFirst, bySecond) = (0L, 0L, 0L, 0, 0);
        var (firstCarry, secondCarry) = (0UL, 0UL);
        for (var i = 0; i < first.Length; i++)
        {
            var (a, b) = (first[i], second[i]);
            var (wasA, wasB) = (a << 1 | firstCarry, b << 1 | secondCarry);
            (firstCarry, secondCarry) = (a >> 63, b >> 63);
            var (beginsA, beginsB) = (a & ~wasA, b & ~wasB);

            firstFrames += BitOperations.PopCount(a);
            secondFrames += BitOperations.PopCount(b);
            bothFrames += BitOperations.PopCount(a & b);
            byFirst += BitOperations.PopCount(beginsA & b & wasB);
            bySecond += BitOperations.PopCount(beginsB & a & wasA);

            // A party that begins in the very frame after the other's last responds without a silence.
            count._firstResponses.Count += BitOperations.PopCount(beginsA & ~b & wasB);
            count._secondResponses.Count += BitOperations.PopCount(beginsB & ~a & wasA);

            for (var moments = beginsA | beginsB | ((wasA | wasB) & ~(a | b)); moments != 0; moments &= moments - 1)
            {
                var bit = BitOperations.TrailingZeroCount(moments);
                count.Pass(
                    i * SpeechWords.WordFrames + bit, At(beginsA, beginsB, bit), At(wasA, wasB, bit), At(a, b, bit));
            }
        }
        count.EndSilence(count._frames);

        var (firstMs, secondMs, bothMs) = (
            count.Ms(firstFrames, first), count.Ms(secondFrames, second), count.Ms(bothFrames, LastOf(first) & LastOf(second)));
        return new(
            firstMs, secondMs, bothMs, durationMs - (firstMs + secondMs - bothMs), count._longestSilenceMs, byFirst, bySecond, count._turns,
            count._firstResponses.Count, count._secondResponses.Count, Mean(count._firstResponses), Mean(count._secondResponses));
    }

    private void Pass(int frame, Party begins, Party was, Party speaks)
    {
        if (begins is not Party.None)
        {
            if (!_speaking)
            {
                if (_before is Party.Second && speaks is Party.First) Respond(ref _firstResponses, frame);
                if (_before is Party.First && speaks is Party.Second) Respond(ref _secondResponses, frame);
                EndSilence(frame);
            }
            _speaking = true;
            TakeTurn(begins);
        }
        else
        {
            (_speaking, _silentSince, _before) = (false, frame, was);
        }
    }

    private void Respond(ref (int Count, long Frames) responses, int frame) =>
        responses = (responses.Count + 1, responses.Frames + frame - _silentSince);

    /// <summary>Of two that begin at once, the one whose turn it is goes on, and the other takes the turn.</summary>
    private void TakeTurn(Party begins)
    {
        if (begins is Party.Both)
        {
            _turns += _turnOf is Party.None ? 2 : 1;
            _turnOf = _turnOf is Party.Second ? Party.First : Party.Second;
        }
        else if (begins != _turnOf)
        {
            _turns++;
            _turnOf = begins;
        }
    }

    private void EndSilence(int frame)
    {
        if (_speaking) return;
        var ms = Math.Min((long)frame * FrameMs, _durationMs) - (long)_silentSince * FrameMs;
        _longestSilenceMs = Math.Max(_longestSilenceMs, ms);
    }

    /// <summary>Frames as time, the last frame being as short as the duration makes it.</summary>
    private long Ms(long frames, ReadOnlySpan<ulong> track) => Ms(frames, LastOf(track));

    private long Ms(long frames, ulong lastWord)
    {
        var endsInSpeech = _frames > 0 && (lastWord >> ((_frames - 1) % SpeechWords.WordFrames) & 1) != 0;
        return frames * FrameMs - (endsInSpeech ? (long)_frames * FrameMs - _durationMs : 0);
    }

    private static ulong LastOf(ReadOnlySpan<ulong> track) => track.IsEmpty ? 0 : track[^1];

    private static Party At(ulong first, ulong second, int bit) =>
        ((first >> bit & 1) != 0 ? Party.First : Party.None) | ((second >> bit & 1) != 0 ? Party.Second : Party.None);

    private static long? Mean((int Count, long Frames) responses) =>
        responses.Count == 0
            ? null
            : (long)Math.Round(responses.Frames * (double)FrameMs / responses.Count, MidpointRounding.AwayFromZero);
}
