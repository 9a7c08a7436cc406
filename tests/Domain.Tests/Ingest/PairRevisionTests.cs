using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Files;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Ingest;
using static QualityIngest.Domain.Tests.Ingest.Decided;
using static QualityIngest.Domain.Tests.Ingest.PairRows;

namespace QualityIngest.Domain.Tests.Ingest;

/// <summary>Later words on a mono conversation, on one of its sides or on both.</summary>
public sealed class PairRevisionTests
{
    [Fact]
    public void An_older_row_of_both_sides_gives_the_side_that_is_missing_alone()
    {
        var decided = Given(Row("a2", null, FileB, at: Later)).When(Row("a1", "c"));

        decided.Then(RowOutcome.Accepted, typeof(ConversationCounterpartReceived));
        Assert.Equal(("a2", "c"), (decided.Row!.AgentRecording, decided.Row.CustomerRecording));
    }

    [Fact]
    public void A_later_row_of_both_sides_revises_one_that_waits()
    {
        var decided = Given(Row("a1", null)).When(Row("a2", "c", FileB, at: Later));

        decided.Then(RowOutcome.Accepted, typeof(ConversationRevised));
        Assert.Equal(("a2", "c", 2), (decided.Row!.AgentRecording, decided.Row.CustomerRecording, decided.State!.Revision));
    }

    [Fact]
    public void Two_rows_of_both_sides_in_one_file_must_agree_and_in_two_files_the_later_wins()
    {
        var other = Row("a", "c", line: 3, change: r => r with { EndedAt = Later.AddMinutes(1) });

        Given(Row("a", "c")).When(other).Then(RowOutcome.Rejected);
        Given(Row("a", "c")).When(other with { Origin = other.Origin with { FileId = FileB, LastModified = Later } })
            .Then(RowOutcome.Accepted, typeof(ConversationRevised));
        Given(Row("a", "c")).When(other with { Origin = other.Origin with { FileId = FileB, LastModified = Noon.AddHours(-1) } })
            .Then(RowOutcome.Superseded);
    }

    [Fact]
    public void A_later_recording_of_one_side_revises_the_pair_and_keeps_the_other_side()
    {
        var decided = Given(Row("a", null), Row(null, "c", line: 3)).When(Row("a2", null, etag: "2", at: Later));

        decided.Then(RowOutcome.Accepted, typeof(ConversationRevised));
        Assert.Equal((2, ConversationStatus.Processing), (decided.State!.Revision, decided.State.Status));
        Assert.Equal(("a2", "c"), (decided.Row!.AgentRecording, decided.Row.CustomerRecording));
        Assert.Equal([3, 2], decided.State.Parts.Select(p => (int)p.Origin.Line));
    }

    [Fact]
    public void An_earlier_recording_of_one_side_is_superseded_whenever_the_other_side_came()
    {
        var given = Given(Row("a", null, at: Noon), Row(null, "c", FileB, at: Later));

        given.When(Row("a0", null, FileB, etag: "2", at: Noon.AddMinutes(-1))).Then(RowOutcome.Superseded);
        var later = given.When(Row("a2", null, Guid.NewGuid(), at: Noon.AddMinutes(1)));
        later.Then(RowOutcome.Accepted, typeof(ConversationRevised));
        Assert.Equal(("a2", "c"), (later.Row!.AgentRecording, later.Row.CustomerRecording));
        Assert.Equal(Later, later.State!.Origin.LastModified);
    }

    [Fact]
    public void A_corrected_file_of_both_rows_ends_with_its_shared_fields()
    {
        static ParsedConversation Longer(ParsedConversation row) => row with { EndedAt = Later.AddMinutes(5) };

        var first = Given(Row("a", null), Row(null, "c", line: 3)).When(Row("a", null, etag: "2", at: Later, change: Longer));
        first.Then(RowOutcome.Accepted, typeof(ConversationRevised));
        Assert.Equal(("a", "c", Later.AddMinutes(5)), (first.Row!.AgentRecording, first.Row.CustomerRecording, first.Row.EndedAt));
        first.When(Row(null, "c", etag: "2", at: Later, line: 3, change: Longer)).Then(RowOutcome.Duplicate);
    }

    [Fact]
    public void A_third_row_of_the_same_file_that_contradicts_the_pair_is_refused() =>
        Given(Row("a", null), Row(null, "c", line: 3)).When(Row(null, "c", line: 4, change: r => r with { QueueId = "Q2" })).Then(RowOutcome.Rejected);

    [Fact]
    public void A_later_row_of_the_side_that_is_there_is_the_next_revision_and_still_waits()
    {
        var decided = Given(Row("a", null)).When(Row("a2", null, line: 3));

        decided.Then(RowOutcome.Held, typeof(ConversationRevised), typeof(ConversationHeld));
        decided.When(Row(null, "c", line: 4)).Then(RowOutcome.Accepted, typeof(ConversationCounterpartReceived));
    }

    [Fact]
    public void Both_rows_are_accepted_again_by_a_retry_of_either_file()
    {
        var given = Given(Row("a", null), Row(null, "c", FileB));

        given.When(Row("a", null)).Then(RowOutcome.Accepted);
        given.When(Row(null, "c", FileB)).Then(RowOutcome.Accepted);
    }

    [Fact]
    public void A_row_that_an_earlier_revision_had_is_accepted_again() =>
        Given(Row("a", null), Row(null, "c", line: 3), Row("a2", null, line: 4)).When(Row("a", null)).Then(RowOutcome.Accepted);

    [Fact]
    public void A_connector_that_ignores_revisions_still_pairs_and_revises_nothing()
    {
        var given = Given(Row("a", null)).When(Row(null, "c", line: 3) with { Policy = RevisionPolicy.Ignore });
        given.Then(RowOutcome.Accepted, typeof(ConversationCounterpartReceived));

        given.When(Row("a2", null, FileB, at: Later) with { Policy = RevisionPolicy.Ignore }).Then(RowOutcome.Duplicate);
    }

    [Fact]
    public void A_new_column_value_is_a_revision_and_a_missing_one_says_nothing()
    {
        var given = Given(Row("a", "c", change: r => r with { Attributes = [new("site", "north")] }));

        given.When(Row("a", "c", FileB, at: Later)).Then(RowOutcome.Duplicate);
        var revised = given.When(Row("a", null, FileB, at: Later, change: r => r with { Attributes = [new("Site", "south")] }));
        revised.Then(RowOutcome.Accepted, typeof(ConversationRevised));
        Assert.Equal(["Site=south"], revised.Row!.Attributes.Select(a => $"{a.Key}={a.Value}"));
    }

    [Fact]
    public void Rows_of_another_recording_type_revise_as_any_row_does()
    {
        var stereo = Row("a", null, FileB, at: Later, change: r => r with { RecordingType = RecordingType.Stereo, AgentRecording = null, Recording = "s", ContentHash = "s" });

        var revised = Given(Row("a", null)).When(stereo);
        revised.Then(RowOutcome.Accepted, typeof(ConversationRevised));
        Given(stereo).When(Row("a", null, at: Noon.AddHours(2))).Then(RowOutcome.Held, typeof(ConversationRevised), typeof(ConversationHeld));
    }
}
