using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Files;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Ingest;

namespace QualityIngest.Domain.Tests.Ingest;

/// <summary>Mono rows as they arrive one after the other, and what is decided about the last.</summary>
internal static class PairRows
{
    public static readonly Guid FileA = Guid.Parse("aaaaaaaa-0000-8000-8000-000000000000");
    public static readonly Guid FileB = Guid.Parse("bbbbbbbb-0000-8000-8000-000000000000");
    public static readonly DateTimeOffset Noon = new(2025, 6, 10, 12, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Later = Noon.AddHours(1);

    public static Decided Given(params ArrivedRow[] rows) => rows.Aggregate(new Decided(null, null), (given, row) => given.When(row));

    public static ArrivedRow Row(
        string? agent, string? customer, Guid? file = null, string etag = "1", DateTimeOffset? at = null, long line = 2,
        Func<ParsedConversation, ParsedConversation>? change = null)
    {
        var row = new ParsedConversation
        {
            Line = line,
            ExternalId = "m-1",
            QueueId = "Q1",
            AgentEmail = "a@x.example",
            Channel = Channel.Voice,
            RecordingType = RecordingType.Mono,
            StartedAt = Noon,
            EndedAt = Later,
            LanguageAssumed = true,
            AgentRecording = agent,
            CustomerRecording = customer,
            ContentHash = $"{agent}+{customer}",
        };
        row = change?.Invoke(row) ?? row;
        return new(FileA, "namespace", RevisionPolicy.Revise, row, new(file ?? FileA, etag, "a.csv", at ?? Noon, line), new(null, null, [], row.Warnings));
    }

    public sealed record Decided(ConversationState? State, ParsedConversation? Row)
    {
        public RowDecision Decision { get; private init; } = new(RowOutcome.Rejected, []);

        public Decided When(ArrivedRow row)
        {
            var decision = RowDecision.Decide(State, row, Row);
            return new(
                decision.Events.Aggregate(State ?? new ConversationState { Id = FileA }, ConversationState.Apply), decision.Row ?? Row)
            {
                Decision = decision,
            };
        }

        public void Then(RowOutcome outcome, params Type[] events)
        {
            Assert.Equal(outcome, Decision.Outcome);
            Assert.Equal(events, Decision.Events.Select(e => e.GetType()));
        }
    }
}
