using QualityIngest.Domain.Feeds.CallRecords;
using QualityIngest.Domain.Formats.Feeds;

namespace QualityIngest.Domain.Tests.Feeds;

public sealed class CallRecordDecisionTests
{
    private static readonly FeedSchema Schema = FeedSchema.CallCenterIssues;

    [Fact]
    public void The_same_words_again_are_a_duplicate_and_others_win()
    {
        var decided = Decide([Row("c1", 1), Row("c2", 2), Row("c1", 3), Row("c2", 4, transfer: "Sales")]);

        Assert.Equal((2, 1, 1), (decided.Accepted, decided.Duplicate, decided.Superseded));
        Assert.Equal([1, 4], decided.Written.Select(row => row.Line).Order());
        Assert.Empty(decided.Replaced);
    }

    [Fact]
    public void A_stored_row_is_replaced_by_other_words_and_left_alone_by_the_same()
    {
        var (same, other) = (Known(Row("c1", 1)), Known(Row("c2", 2)));

        var decided = Decide([Row("c1", 3), Row("c2", 4, transfer: "Sales")], same, other);

        Assert.Equal((0, 1, 1), (decided.Accepted, decided.Duplicate, decided.Superseded));
        Assert.Equal([other.Id], decided.Replaced);
        Assert.Equal(4, Assert.Single(decided.Written).Line);
    }

    [Fact]
    public void Words_that_come_back_behind_others_win_again()
    {
        var stored = Known(Row("c1", 1));

        var decided = Decide([Row("c1", 2, transfer: "Sales"), Row("c1", 3)], stored);

        Assert.Equal((0, 0, 2), (decided.Accepted, decided.Duplicate, decided.Superseded));
        Assert.Equal(3, Assert.Single(decided.Written).Line);
        Assert.Equal([stored.Id], decided.Replaced);
    }

    [Fact]
    public void Attributes_are_words_and_warnings_are_none()
    {
        var decided = Decide([
            Row("c1", 1), Row("c1", 2) with { Warnings = ["outside_date"] }, Row("c1", 3) with { Attributes = """{"region":"west"}""" },
        ]);

        Assert.Equal((1, 1, 1), (decided.Accepted, decided.Duplicate, decided.Superseded));
    }

    [Fact]
    public void Without_a_conversation_the_customer_and_the_start_are_the_identity()
    {
        var decided = Decide([
            Row(null, 1), Row("", 2), Row(null, 3, customer: "k2"), Row(null, 4, start: new(2025, 4, 10, 9, 0, 0, TimeSpan.Zero)), Row("k1", 5),
        ]);

        Assert.Equal((4, 1, 0), (decided.Accepted, decided.Duplicate, decided.Superseded));
        Assert.All(decided.Written, row => Assert.Equal(row.Line == 5, row.ConversationId is not null));
    }

    [Fact]
    public void An_identity_is_the_namespaces_own()
    {
        var ids = new[] { ("t", "n"), ("t", "m"), ("u", "n") }.Select(place => CallRecordRow.Of(place.Item1, place.Item2, Row("c1", 1)).Id).ToList();

        Assert.Equal(3, ids.Distinct().Count());
        Assert.Equal(Ids.Conversation("t", "n", "", "c1"), CallRecordRow.Of("t", "n", Row("c1", 1)).ConversationId);
    }

    private static CallRecordDecision Decide(IEnumerable<FeedRow> rows, params CallRecordRow[] stored) =>
        CallRecordDecision.Of([.. rows.Select(Known)], stored.ToDictionary(row => row.Id, row => row.Words));

    private static CallRecordRow Known(FeedRow row) => CallRecordRow.Of("t", "n", row);

    private static FeedRow Row(string? conversation, long line, string customer = "k1", string? transfer = null, DateTimeOffset? start = null)
    {
        var values = new object?[Schema.Columns.Count];
        values[Schema.IndexOf("customer_id")] = customer;
        values[Schema.IndexOf("conversation_id")] = conversation;
        values[Schema.IndexOf("call_start")] = start ?? new DateTimeOffset(2025, 4, 10, 8, 0, 0, TimeSpan.Zero);
        values[Schema.IndexOf("transfer")] = transfer;
        return new(line, values, null, []);
    }
}
