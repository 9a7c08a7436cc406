using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Files;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Ingest;

namespace QualityIngest.Domain.Tests.Ingest;

/// <summary>The two sides of a mono conversation, in one row or two, in one file or two, in any order.</summary>
public sealed class PairDecisionTests
{
    private static readonly Guid FileA = Guid.Parse("aaaaaaaa-0000-8000-8000-000000000000");
    private static readonly Guid FileB = Guid.Parse("bbbbbbbb-0000-8000-8000-000000000000");
    private static readonly DateTimeOffset Noon = new(2025, 6, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Later = Noon.AddHours(1);

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
            AgentId = "8",
            Language = "de",
            LanguageBase = "de",
            LanguageAssumed = false,
            AsrProvider = "other",
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

    private static Decided Given(params ArrivedRow[] rows) => rows.Aggregate(new Decided(null, null), (given, row) => given.When(row));

    private static ArrivedRow Row(
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

    private sealed record Decided(ConversationState? State, ParsedConversation? Row)
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
