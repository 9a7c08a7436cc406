using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Files;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Ingest;

namespace QualityIngest.Domain.Tests.Ingest;

/// <summary>Rows as they arrive one after the other for one conversation, and what is decided about the last.</summary>
internal sealed record Decided(ConversationState? State, ParsedConversation? Row)
{
    public static readonly Guid FileA = Guid.Parse("aaaaaaaa-0000-8000-8000-000000000000");
    public static readonly Guid FileB = Guid.Parse("bbbbbbbb-0000-8000-8000-000000000000");
    public static readonly DateTimeOffset Noon = new(2025, 6, 10, 12, 0, 0, TimeSpan.Zero);

    public RowDecision Decision { get; private init; } = new(RowOutcome.Rejected, []);

    public static Decided Given(params ArrivedRow[] rows) => rows.Aggregate(new Decided(null, null), (given, row) => given.When(row));

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
