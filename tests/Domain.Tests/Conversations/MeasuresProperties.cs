using FsCheck;
using FsCheck.Fluent;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Formats;

namespace QualityIngest.Domain.Tests.Conversations;

/// <summary>What holds for the numbers of every conversation.</summary>
public sealed class MeasuresProperties
{
    private const int DurationMs = 200;

    private static readonly Gen<Utterance> Spoken =
        from role in Gen.Elements(SpeakerRole.Agent, SpeakerRole.Customer)
        from start in Gen.Choose(0, DurationMs)
        from end in Gen.Choose(start, DurationMs)
        select new Utterance(0, role, null, start, end, null, "so it is", null, null);

    private static readonly Gen<Utterance> Anything =
        from role in Gen.Elements(Enum.GetValues<SpeakerRole>())
        from start in Gen.Choose(-100, 300)
        from end in Gen.Elements<int?>(null, start - 5, start, start + 50)
        from words in Gen.Elements(null, Array.Empty<UtteranceWord>(), [new("a", start, start + 10, 1), new("b", start + 5, start, null)])
        select new Utterance(0, role, "p", start, end, null, "so it is", null, words);

    [Fact]
    public void The_sweep_agrees_with_counting_every_millisecond() =>
        Holds(Spoken, (metrics, utterances) =>
        {
            var (agent, customer, both, silence, longest, run) = (0L, 0L, 0L, 0L, 0L, 0L);
            for (var ms = 0; ms < DurationMs; ms++)
            {
                var a = Speaks(utterances, SpeakerRole.Agent, ms);
                var c = Speaks(utterances, SpeakerRole.Customer, ms);
                (agent, customer, both) = (agent + (a ? 1 : 0), customer + (c ? 1 : 0), both + (a && c ? 1 : 0));
                run = a || c ? 0 : run + 1;
                (silence, longest) = (silence + (a || c ? 0 : 1), Math.Max(longest, run));
            }
            return (agent, customer, both) == (metrics.AgentTalkMs, metrics.CustomerTalkMs, metrics.OvertalkMs)
                && (silence, longest) == (metrics.SilenceMs, metrics.LongestSilenceMs)
                && agent + customer - both + silence == DurationMs;
        });

    [Fact]
    public void No_number_is_negative_infinite_or_none() =>
        Holds(Anything, (metrics, _) =>
            new[] { metrics.AgentTalkMs, metrics.CustomerTalkMs, metrics.SilenceMs, metrics.LongestSilenceMs, metrics.OvertalkMs, metrics.Interruptions }.All(number => number is null or >= 0)
            && new[] { metrics.AgentWordsPerMinute, metrics.CustomerWordsPerMinute }.All(rate => rate is null || (double.IsFinite(rate.Value) && rate >= 0)));

    private static bool Speaks(IReadOnlyList<Utterance> utterances, SpeakerRole role, int ms) =>
        utterances.Any(utterance => utterance.Role == role && utterance.StartMs <= ms && ms < utterance.EndMs);

    private static void Holds(Gen<Utterance> utterance, Func<Metrics, IReadOnlyList<Utterance>, bool> holds) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Gen.ListOf(utterance).ToArbitrary(), list =>
        {
            var ordered = list.OrderBy(one => one.StartMs).ToList();
            return holds(Measures.Of(Channel.Voice, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddMilliseconds(DurationMs), ordered), ordered);
        }));
}
