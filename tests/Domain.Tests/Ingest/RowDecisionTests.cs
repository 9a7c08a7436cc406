using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Files;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Ingest;
using static QualityIngest.Domain.Tests.Ingest.Decided;

namespace QualityIngest.Domain.Tests.Ingest;

public sealed class RowDecisionTests
{
    [Fact]
    public void A_new_conversation_is_received() =>
        Given().When(Row("x")).Then(RowOutcome.Accepted, typeof(ConversationReceived));

    [Fact]
    public void What_must_wait_is_received_and_held() =>
        Given().When(Row("x") with { Assignment = new(null, null, [HoldReason.Queue], []) })
            .Then(RowOutcome.Held, typeof(ConversationReceived), typeof(ConversationHeld));

    [Fact]
    public void The_same_content_from_elsewhere_is_a_duplicate_however_new() =>
        Given(Row("x")).When(Row("x", FileB, at: Noon.AddDays(1))).Then(RowOutcome.Duplicate);

    [Fact]
    public void Other_content_modified_later_is_the_next_revision() =>
        Given(Row("x")).When(Row("y", FileB, at: Noon.AddSeconds(1))).Then(RowOutcome.Accepted, typeof(ConversationRevised));

    [Fact]
    public void A_row_revises_what_feeds_had_withdrawn_however_old_it_is()
    {
        var told = Given(Row("x"));
        var withdrawn = told with { State = ConversationState.Apply(told.State!, new ConversationWithdrawn(1)) };

        withdrawn.When(Row("y", FileB, at: Noon.AddDays(-1))).Then(RowOutcome.Accepted, typeof(ConversationRevised));
    }

    [Fact]
    public void A_row_of_an_erased_conversation_is_counted_and_not_stored()
    {
        Erased().When(Row("x")).Then(RowOutcome.Erased);
        Erased().When(Row("y", FileB, at: Noon.AddDays(1))).Then(RowOutcome.Erased);
    }

    [Fact]
    public void Once_the_erasure_is_lifted_the_very_same_row_is_stored_as_the_next_revision()
    {
        var lifted = Erased();
        lifted = lifted with { State = ConversationState.Apply(lifted.State!, new ConversationErasureLifted(1)) };

        var again = lifted.When(Row("x"));
        again.Then(RowOutcome.Accepted, typeof(ConversationRevised));
        Assert.Equal((2, ConversationStatus.Processing, false), (again.State!.Revision, again.State.Status, again.State.Lifted));
        again.When(Row("x")).Then(RowOutcome.Accepted);
    }

    [Fact]
    public void Other_content_modified_earlier_is_superseded() =>
        Given(Row("x")).When(Row("y", FileB, at: Noon.AddSeconds(-1))).Then(RowOutcome.Superseded);

    [Theory]
    [InlineData("a.csv", "b.csv", RowOutcome.Accepted)]
    [InlineData("b.csv", "a.csv", RowOutcome.Superseded)]
    [InlineData("B.csv", "a.csv", RowOutcome.Accepted)]
    public void Of_two_files_of_one_time_the_greater_key_wins(string stored, string arrived, RowOutcome outcome) =>
        Assert.Equal(outcome, Given(Row("x", key: stored)).When(Row("y", FileB, key: arrived)).Decision.Outcome);

    [Theory]
    [InlineData(2, 3, RowOutcome.Accepted)]
    [InlineData(3, 2, RowOutcome.Superseded)]
    public void Within_a_file_the_later_line_wins(long stored, long arrived, RowOutcome outcome) =>
        Assert.Equal(outcome, Given(Row("x", line: stored)).When(Row("y", line: arrived)).Decision.Outcome);

    [Fact]
    public void A_files_newer_version_wins_over_its_older_one_of_the_same_time_wherever_its_row_stands() =>
        Given(Row("x", etag: "1", line: 9)).When(Row("y", etag: "2", line: 2)).Then(RowOutcome.Accepted, typeof(ConversationRevised));

    [Fact]
    public void A_row_that_was_accepted_is_accepted_again_without_an_event() =>
        Given(Row("x")).When(Row("x")).Then(RowOutcome.Accepted);

    [Fact]
    public void A_row_that_was_held_is_held_again_without_an_event() =>
        Given(Row("x") with { Assignment = new(null, null, [HoldReason.Agent], []) }).When(Row("x")).Then(RowOutcome.Held);

    [Fact]
    public void A_row_that_brought_an_earlier_revision_is_accepted_again_without_an_event() =>
        Given(Row("x", line: 2), Row("y", line: 3)).When(Row("x", line: 2)).Then(RowOutcome.Accepted);

    [Fact]
    public void An_unchanged_row_of_a_new_version_is_a_duplicate() =>
        Given(Row("x", etag: "1")).When(Row("x", etag: "2", at: Noon.AddHours(1))).Then(RowOutcome.Duplicate);

    [Fact]
    public void A_connector_that_ignores_revisions_takes_other_content_for_a_duplicate() =>
        Given(Row("x")).When(Row("y", FileB, at: Noon.AddDays(1)) with { Policy = RevisionPolicy.Ignore }).Then(RowOutcome.Duplicate);

    [Fact]
    public void A_revision_leaves_the_holds_of_the_one_before_behind()
    {
        var state = Given(
            Row("x") with { Assignment = new(null, null, [HoldReason.Queue], []) }, Row("y", line: 3)).State!;

        Assert.Equal((2, ConversationStatus.Processing), (state.Revision, state.Status));
        Assert.Empty(state.Holds);
    }

    private static ArrivedRow Row(
        string content, Guid? file = null, string etag = "1", string key = "a.csv", DateTimeOffset? at = null, long line = 2) => new(
        FileA, "namespace", RevisionPolicy.Revise,
        new ParsedConversation
        {
            Line = line,
            ExternalId = "c-1",
            Channel = Channel.Chat,
            RecordingType = RecordingType.Transcription,
            StartedAt = Noon,
            EndedAt = Noon.AddHours(1),
            ContentHash = content,
        },
        new(file ?? FileA, etag, key, at ?? Noon, line),
        new(null, null, [], []));

    private static Decided Erased()
    {
        var told = Given(Row("x"));
        return told with { State = ConversationState.Apply(told.State!, new ConversationErased(1, null)), Row = null };
    }
}
