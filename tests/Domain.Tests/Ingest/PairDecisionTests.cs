using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Files;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Ingest;
using static QualityIngest.Domain.Tests.Ingest.Decided;
using static QualityIngest.Domain.Tests.Ingest.PairRows;

namespace QualityIngest.Domain.Tests.Ingest;

/// <summary>The two sides of a mono conversation, in one row or two, in one file or two, in any order.</summary>
public sealed class PairDecisionTests
{
    [Fact]
    public void A_row_of_both_sides_waits_for_nothing() =>
        Given().When(Row("a", "c")).Then(RowOutcome.Accepted, typeof(ConversationReceived));

    [Theory]
    [InlineData("a", null)]
    [InlineData(null, "c")]
    public void One_side_waits_for_the_other(string? agent, string? customer)
    {
        var decided = Given().When(Row(agent, customer));

        decided.Then(RowOutcome.Held, typeof(ConversationReceived), typeof(ConversationHeld));
        Assert.Equal([HoldReason.Counterpart], decided.State!.Holds);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_other_side_completes_the_pair_in_the_same_revision(bool agentFirst)
    {
        ArrivedRow[] rows = [Row("a", null), Row(null, "c", line: 3)];

        var decided = Given(rows[agentFirst ? 0 : 1]).When(rows[agentFirst ? 1 : 0]);

        decided.Then(RowOutcome.Accepted, typeof(ConversationCounterpartReceived));
        Assert.Equal((1, ConversationStatus.Processing), (decided.State!.Revision, decided.State.Status));
        Assert.Empty(decided.State.Holds);
        Assert.Equal(("a", "c", 3), (decided.Row!.AgentRecording, decided.Row.CustomerRecording, (int)decided.Row.Line));
        Assert.Equal((MonoSide.Agent, 2), (decided.Row.Counterpart!.Side, (int)decided.Row.Counterpart.Line));
    }

    [Fact]
    public void Both_orders_come_to_the_same_row_and_hash()
    {
        ArrivedRow[] rows =
        [
            Row("a", null, change: r => r with { AgentId = "7", Attributes = [new("side", "agent"), new("site", "north")], Warnings = ["one"] }),
            Row(null, "c", FileB, at: Later, change: r => r with { Language = "de", LanguageBase = "de", LanguageAssumed = false, Attributes = [new("side", "customer"), new("site", "north")] }),
        ];

        var (one, other) = (Given(rows[0]).When(rows[1]), Given(rows[1]).When(rows[0]));

        Assert.Equal(DomainJson.Write(one.Row), DomainJson.Write(other.Row));
        Assert.Equal((one.State!.ContentHash, one.State.Origin), (other.State!.ContentHash, other.State.Origin));
        Assert.Equal(one.Row!.ContentHash, one.State.ContentHash);
        Assert.Equal(("7", "de", false), (one.Row.AgentId, one.Row.Language, one.Row.LanguageAssumed));
        Assert.Equal(["side=agent", "site=north", "side=customer"], one.Row.Attributes.Select(a => $"{a.Key}={a.Value}"));
        Assert.Equal(["one"], one.State.Warnings);
        Assert.Equal((FileB, FileA), (one.State.Origin.FileId, one.Row.Counterpart!.FileId));
    }

    [Fact]
    public void A_pair_can_still_wait_for_its_queue()
    {
        var waiting = new Assignment(null, null, [HoldReason.Queue], []);

        var decided = Given(Row("a", null) with { Assignment = waiting }).When(Row(null, "c", line: 3) with { Assignment = waiting });

        decided.Then(RowOutcome.Held, typeof(ConversationCounterpartReceived), typeof(ConversationHeld));
        Assert.Equal([HoldReason.Queue], decided.State!.Holds);
        decided.When(Row("a", null) with { Assignment = waiting }).Then(RowOutcome.Held);
    }

    [Fact]
    public void The_default_agent_is_warned_of_once()
    {
        var defaulted = new Assignment(null, FileA, [], [Assignments.AgentDefaulted]);

        var decided = Given(Row("a", null) with { Assignment = defaulted }).When(Row(null, "c", line: 3) with { Assignment = defaulted });

        Assert.Equal([Assignments.AgentDefaulted], decided.State!.Warnings);
    }

    [Fact]
    public void What_the_sides_share_and_disagree_on_refuses_the_later_row_field_by_field()
    {
        var decided = Given(Row("a", null)).When(Row(null, "c", FileB, at: Later, change: r => r with
        {
            QueueId = "Q2",
            AgentEmail = "b@x.example",
            StartedAt = Noon.AddSeconds(1),
            EndedAt = Noon.AddHours(2),
        }));

        decided.Then(RowOutcome.Rejected);
        Assert.Equal(
            ["queueId", "agentEmail", "conversationStartTime", "conversationEndTime"], decided.Decision.Faults.Select(f => f.Field));
        Assert.All(decided.Decision.Faults, f => Assert.Equal("counterpart_conflict", f.Code));
        Assert.Contains("'Q2'", decided.Decision.Faults[0].Message, StringComparison.Ordinal);
        Assert.Contains("'Q1'", decided.Decision.Faults[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_one_side_leaves_out_is_no_disagreement()
    {
        var given = Given(Row("a", null, change: r => r with { AgentId = "7", AsrProvider = "p", Language = "en-US", LanguageAssumed = false }));

        given.When(Row(null, "c", line: 3)).Then(RowOutcome.Accepted, typeof(ConversationCounterpartReceived));
        given.When(Row(null, "c", line: 3, change: r => r with { AgentId = "8" })).Then(RowOutcome.Rejected);
        given.When(Row(null, "c", line: 3, change: r => r with { Language = "EN-us", LanguageAssumed = false }))
            .Then(RowOutcome.Accepted, typeof(ConversationCounterpartReceived));
    }

    [Fact]
    public void The_same_recording_for_both_sides_is_mixed_mono()
    {
        var decided = Given(Row("a", null)).When(Row(null, "a", line: 3));

        decided.Then(RowOutcome.Rejected);
        Assert.Equal(("customerRecordings", "mixed_mono"), (Assert.Single(decided.Decision.Faults).Field, decided.Decision.Faults[0].Code));
        Given(Row("a", "c")).When(Row(null, "a", FileB, at: Later)).Then(RowOutcome.Rejected);
        Given(Row("a", null)).When(Row(null, "a", FileB) with { ConnectorId = FileB }).Then(RowOutcome.Accepted, typeof(ConversationCounterpartReceived));
    }

    [Fact]
    public void A_second_row_of_both_sides_that_agrees_is_a_duplicate()
    {
        Given(Row("a", "c")).When(Row("a", "c", line: 3)).Then(RowOutcome.Duplicate);
        Given(Row("a", "c")).When(Row("a", "c", FileB, at: Later)).Then(RowOutcome.Duplicate);
        Given(Row("a", null), Row(null, "c", line: 3)).When(Row("a", "c", FileB, at: Later)).Then(RowOutcome.Duplicate);
        Given(Row("a", "c")).When(Row("a", null, FileB, at: Later)).Then(RowOutcome.Duplicate);
    }

    [Fact]
    public void A_row_of_both_sides_completes_one_that_waits()
    {
        var decided = Given(Row("a", null)).When(Row("a", "c", FileB, at: Later));

        decided.Then(RowOutcome.Accepted, typeof(ConversationCounterpartReceived));
        Assert.Equal(("a", "c"), (decided.Row!.AgentRecording, decided.Row.CustomerRecording));
    }
}
