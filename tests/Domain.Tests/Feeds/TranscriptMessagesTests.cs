using QualityIngest.Domain.Feeds;
using QualityIngest.Domain.Formats.Feeds;
using QualityIngest.TestKit;
using static QualityIngest.Domain.Tests.Feeds.FeedBed;

namespace QualityIngest.Domain.Tests.Feeds;

public sealed class TranscriptMessagesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [SkippableFact]
    public async Task Messages_in_any_order_and_across_files_become_one_part_a_conversation()
    {
        var bed = await On(database);
        var import = await bed.Begin("2026-03-01");
        var (first, second) = (await bed.File(import), await bed.File(import, 1));
        await bed.Store(import, first, Row(2, "a", "2026-03-01T10:00:02Z", "three"), Row(3, "b", "2026-03-01T11:00:00Z", "alone"));
        await bed.Store(import, first, Row(4, "a", "2026-03-01T10:00:01Z", "two"));
        await bed.Store(import, second, Row(2, "a", "2026-03-01T10:00:00Z", "one"));

        Assert.Equal(4, await bed.Complete(import));

        Assert.Equal(["one", "two", "three"], (await Content(bed, import, "a")).Select(message => message.Text));
        Assert.Equal(
            (second.Id, "etag-1", 2L, 3),
            await One(bed, import, "a", row => (row.GetGuid(0), row.GetString(1), row.GetInt64(2), row.GetInt32(3))));
        Assert.Equal(2, await bed.Scalar<long>("select count(*) from feed_parts where import_id = $1", import.Id));
    }

    [SkippableFact]
    public async Task Messages_of_one_moment_stay_in_the_order_of_files_and_lines()
    {
        var bed = await On(database);
        var import = await bed.Begin("2026-03-01");
        await bed.Store(import, await bed.File(import), Row(9, "a", "2026-03-01T10:00:00Z", "1"), Row(10, "a", "2026-03-01T10:00:00Z", "2"));
        await bed.Store(import, await bed.File(import, 1), Row(2, "a", "2026-03-01T10:00:00Z", "3"));

        await bed.Complete(import);

        Assert.Equal(["1", "2", "3"], (await Content(bed, import, "a")).Select(message => message.Text));
    }

    [SkippableFact]
    public async Task A_message_comes_back_as_it_was_to_the_microsecond_and_with_its_attributes()
    {
        var bed = await On(database);
        var import = await bed.Begin("2026-03-01");
        var row = Row(
            2, "ä \"quoted\"", "2026-03-01T10:00:00.123456Z", "“yes”\n\t\\ \"no\" 🙂", "sender, 1", "bot", """{"b":1.50,"a":[{"x":null}]}""");
        await bed.Store(import, await bed.File(import), row);

        await bed.Complete(import);

        var message = Assert.Single(await Content(bed, import, "ä \"quoted\""));
        Assert.Equal(row.Values, ["ä \"quoted\"", message.Sender, DomainJson.Word(message.Role), message.Text, message.At]);
        Assert.Equal(row.Attributes, message.Attributes!.ToString());
    }

    [SkippableFact]
    public async Task What_lies_outside_the_batchs_day_is_noticed_on_the_part()
    {
        var bed = await On(database);
        var import = await bed.Begin("2026-03-01");
        await bed.Store(
            import, await bed.File(import), Row(2, "a", "2026-03-01T23:59:00Z", "1"),
            Row(3, "a", "2026-03-02T00:01:00Z", "2", warnings: FeedWarnings.OutsideDate), Row(4, "b", "2026-03-01T23:59:00Z", "1"));

        await bed.Complete(import);

        Assert.Equal([FeedWarnings.OutsideDate], await One(bed, import, "a", row => row.GetFieldValue<string[]>(4)));
        Assert.Empty(await One(bed, import, "b", row => row.GetFieldValue<string[]>(4)));
    }

    [SkippableFact]
    public async Task Completing_twice_is_completing_once_and_leaves_nothing_staged()
    {
        var bed = await On(database);
        var import = await bed.Begin("2026-03-01");
        await bed.Store(import, await bed.File(import), Row(2, "a", "2026-03-01T10:00:00Z", "1"), Row(3, "a", "2026-03-01T10:00:00Z", "1"));

        Assert.Equal(2, await bed.Complete(import));
        Assert.Equal(2, await bed.Complete(import));

        Assert.Equal(0, await bed.Scalar<long>(
            "select (select count(*) from feed_messages where import_id = $1) + (select count(*) from feed_staged_files where import_id = $1) + (select count(*) from feed_staged_sizes where import_id = $1)",
            import.Id));
    }

    [SkippableFact]
    public async Task An_import_without_messages_has_no_parts()
    {
        var bed = await On(database);
        var import = await bed.Begin("2026-03-01");

        Assert.Equal(0, await bed.Complete(import));
    }

    [SkippableFact]
    public async Task Imports_that_are_staged_at_the_same_time_keep_apart()
    {
        var bed = await On(database);
        var (one, other) = (await bed.Begin("2026-03-01"), await bed.Begin("2026-03-02"));
        await bed.Store(one, await bed.File(one), Row(2, "a", "2026-03-01T10:00:00Z", "1"));
        await bed.Store(other, await bed.File(other), Row(2, "a", "2026-03-02T10:00:00Z", "2"));

        await bed.Complete(one);
        await bed.Complete(other);

        Assert.Equal("1", Assert.Single(await Content(bed, one, "a")).Text);
        Assert.Equal("2", Assert.Single(await Content(bed, other, "a")).Text);
    }

    [SkippableFact]
    public async Task A_conversation_takes_no_more_messages_than_it_may_have_and_refuses_the_others_where_they_stand()
    {
        var bed = await On(database, new() { ConversationBytes = 3 * (64 + 10) });
        var import = await bed.Begin("2026-03-01");
        var file = await bed.File(import);
        string At(int second) => $"2026-03-01T10:00:{second:00}Z";

        var first = await bed.Store(import, file, Row(2, "a", At(0), "0123456789"), Row(3, "a", At(1), "0123456789"), Row(4, "b", At(0), "0123456789"));
        var second = await bed.Store(
            import, file, Row(5, "a", At(2), "0123456789"), Row(6, "a", At(3), "x"), Row(7, "b", At(4), "0123456789"), Row(8, "a", At(5), "y"));

        Assert.Equal((3, 0), (first.Accepted, first.Refused.Count));
        Assert.Equal(2, second.Accepted);
        Assert.Equal([6, 8], second.Refused.Select(row => row.Line));
        Assert.All(second.Refused, row => Assert.Equal(("a", FeedCodes.ConversationTooLarge), (row.ExternalId, Assert.Single(row.Errors).Code)));
        Assert.Equal(5, await bed.Complete(import));
        Assert.Equal(3, (await Content(bed, import, "a")).Count);
        Assert.Equal(3 * 74L, await bed.Scalar<long>("select bytes from feed_parts where import_id = $1 and external_id = 'a'", import.Id));
    }

    [SkippableFact]
    public async Task Conversations_that_share_a_sum_are_measured_one_by_one()
    {
        var bed = await On(database, new() { ConversationBytes = 2 * (64 + 1) });
        var import = await bed.Begin("2026-03-01");
        var alike = new Dictionary<string, List<string>>();
        List<string> ids = [];
        for (var n = 0; ids.Count < 3; n++)
        {
            var beginning = $"{Ids.Conversation(bed.Tenant, Namespace, "", $"c{n}")}"[..3];
            ids = alike[beginning] = [.. alike.GetValueOrDefault(beginning, []), $"c{n}"];
        }


        var stored = await bed.Store(import, await bed.File(import), [.. ids.Concat(ids).Concat(ids).Select((id, n) => Row(n + 2, id, "2026-03-01T10:00:00Z", "x"))]);

        Assert.Equal(6, stored.Accepted);
        Assert.Equal([8, 9, 10], stored.Refused.Select(row => row.Line));
    }

    [SkippableFact]
    public async Task The_conversations_of_several_imports_come_once_each_in_the_order_of_their_ids_page_by_page()
    {
        var bed = await On(database);
        var one = await bed.Stage("2026-03-01", false, [.. Enumerable.Range(0, 20).Select(n => Row(n + 2, $"c{n}", "2026-03-01T10:00:00Z", "x"))]);
        var other = await bed.Stage("2026-03-02", false, [.. Enumerable.Range(10, 20).Select(n => Row(n + 2, $"c{n}", "2026-03-02T10:00:00Z", "x"))]);

        await using var session = await bed.Postgres.Pipeline(bed.Tenant, default);
        var (seen, after) = (new List<FeedConversation>(), Guid.Empty);
        while (await bed.Messages.Conversations(session, [one.Id, other.Id], after, 7, default) is { Count: > 0 } page)
        {
            Assert.True(page.Count <= 7);
            seen.AddRange(page);
            after = page[^1].Id;
        }

        Assert.Equal(30, seen.DistinctBy(conversation => conversation.ExternalId).Count());
        Assert.Equal(seen.Select(conversation => conversation.Id).Order(), seen.Select(conversation => conversation.Id));
        Assert.All(seen, conversation => Assert.Equal(Ids.Conversation(bed.Tenant, Namespace, "", conversation.ExternalId), conversation.Id));
    }

    [SkippableFact]
    public async Task Rows_of_an_import_are_deleted_in_bounded_steps_and_no_others()
    {
        var bed = await On(database);
        var kept = await bed.Stage("2026-03-01", false, [Row(2, "a", "2026-03-01T10:00:00Z", "x")]);
        var import = await bed.Stage("2026-03-02", false, [.. Enumerable.Range(0, 5).Select(n => Row(n + 2, $"c{n}", "2026-03-02T10:00:00Z", "x"))]);
        await bed.Store(import, await bed.File(import, 1), [.. Enumerable.Range(0, 3).Select(n => Row(n + 2, $"d{n}", "2026-03-02T10:00:00Z", "x"))]);

        var steps = 1;
        await using var session = await bed.Postgres.Pipeline(bed.Tenant, default);
        while (await bed.Messages.Delete(session, import.Id, 2, default))
            steps++;
        await session.Commit(default);

        Assert.Equal(3, steps);
        Assert.Equal(
            (0L, 1L),
            (await bed.Scalar<long>("select (select count(*) from feed_parts where import_id = $1) + (select count(*) from feed_messages where import_id = $1)", import.Id),
             await bed.Scalar<long>("select count(*) from feed_parts where import_id = $1", kept.Id)));
    }

    private static Task<List<FeedMessage>> Content(FeedBed bed, FeedImport import, string externalId) =>
        One(bed, import, externalId, row => FeedMessage.Read(row.GetFieldValue<byte[]>(5)));

    private static async Task<T> One<T>(FeedBed bed, FeedImport import, string externalId, Func<Npgsql.NpgsqlDataReader, T> read)
    {
        await using var session = await bed.Postgres.Pipeline(bed.Tenant, default);
        return Assert.Single(await session.Query(
            new("select file_id, etag, line, messages, warnings, content from feed_parts where import_id = $1 and external_id = $2", import.Id, externalId),
            read, default));
    }
}
