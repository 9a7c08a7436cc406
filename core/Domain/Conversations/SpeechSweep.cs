namespace QualityIngest.Domain.Conversations;

/// <summary>
/// One pass over the moments at which somebody starts or stops. Who speaks while already speaking is counted once, so
/// that talk times are the length of a union. Speech is the words' times where there are some, else the utterance's.
/// </summary>
internal sealed class SpeechSweep
{
    private const int Agent = 0;
    private const int Customer = 1;
    private const int Other = 2;

    private readonly int[] _speaking = new int[3];
    private readonly long _durationMs;
    private long _silentSince;

    private SpeechSweep(long durationMs) => _durationMs = durationMs;

    /// <summary>Time in which the agent speaks.</summary>
    public long AgentMs { get; private set; }

    /// <summary>Time in which the customer speaks.</summary>
    public long CustomerMs { get; private set; }

    /// <summary>Time within the conversation in which both speak.</summary>
    public long BothMs { get; private set; }

    /// <summary>Time within the conversation in which nobody speaks.</summary>
    public long SilenceMs { get; private set; }

    /// <summary>The longest stretch of it.</summary>
    public long LongestSilenceMs { get; private set; }

    private bool AnyoneSpeaks => _speaking[Agent] + _speaking[Customer] + _speaking[Other] > 0;

    public static SpeechSweep Over(IReadOnlyList<Utterance> speech, long durationMs)
    {
        var sweep = new SpeechSweep(durationMs);
        var previous = 0L;
        foreach (var (at, party, change) in Moments(speech))
        {
            sweep.Pass(previous, at);
            sweep.Change(at, party, change);
            previous = at;
        }
        sweep.EndSilence(durationMs);
        return sweep;
    }

    private void Pass(long from, long to)
    {
        if (_speaking[Agent] > 0) AgentMs += to - from;
        if (_speaking[Customer] > 0) CustomerMs += to - from;
        if (_speaking[Agent] > 0 && _speaking[Customer] > 0) BothMs += Within(from, to);
    }

    private void Change(long at, int party, int change)
    {
        if (!AnyoneSpeaks) EndSilence(at);
        _speaking[party] += change;
        if (!AnyoneSpeaks) _silentSince = at;
    }

    private void EndSilence(long at)
    {
        if (AnyoneSpeaks) return;
        var silence = Within(_silentSince, at);
        SilenceMs += silence;
        LongestSilenceMs = Math.Max(LongestSilenceMs, silence);
    }

    /// <summary>What of a stretch lies within the conversation.</summary>
    private long Within(long from, long to) => Math.Max(0, Math.Min(to, _durationMs) - Math.Max(from, 0));

    private static List<(long At, int Party, int Change)> Moments(IReadOnlyList<Utterance> speech)
    {
        var moments = new List<(long At, int Party, int Change)>(speech.Count * 2);
        foreach (var utterance in speech)
        {
            var party = utterance.Role switch
            {
                SpeakerRole.Agent => Agent,
                SpeakerRole.Customer => Customer,
                _ => Other,
            };
            if (utterance.Words is { Count: > 0 } words)
            {
                foreach (var word in words) Add(word.StartMs, word.EndMs, party);
            }
            else Add(utterance.StartMs, utterance.EndMs ?? utterance.StartMs, party);
        }
        moments.Sort();
        return moments;

        void Add(long from, long to, int party)
        {
            if (to <= from) return;
            moments.Add((from, party, 1));
            moments.Add((to, party, -1));
        }
    }
}
