using System.Net;
using System.Text;
using System.Text.Json;
using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Clients;

/// <summary>The C# client's lists and events as sequences.</summary>
public sealed class SequenceTests(ApiHost host) : IClassFixture<ApiHost>
{
    private readonly SkippedTime _time = new();

    [SkippableFact]
    public async Task A_list_is_gone_through_page_by_page()
    {
        var client = (await host.NewTenant()).Client;
        var names = Enumerable.Range(1, 5).Select(i => $"Queue {i}").ToList();
        foreach (var name in names)
            await client.CreateQueueAsync(new QueueInput { Name = name });

        var found = new List<string>();
        await foreach (var queue in client.EnumerateQueuesAsync(limit: 2))
            found.Add(queue.Name);

        Assert.Equal(names, found);
    }

    [Fact]
    public async Task A_page_is_fetched_when_it_is_needed_and_filters_go_with_every_one()
    {
        var server = new Scripted(_ => Scripted.Json("""{"items":[],"nextCursor":"a"}"""), _ => Scripted.Json(Page("b", "1", "2")));

        await foreach (var line in server.Client().EnumerateQueuesAsync(limit: 2))
            break;

        Assert.Equal(["/v1/queues?limit=2", "/v1/queues?limit=2&cursor=a"], server.Asked.Select(request => request.RequestUri!.PathAndQuery));
    }

    [Fact]
    public async Task Events_that_are_stored_are_gone_through_to_their_end()
    {
        var server = new Scripted(_ => Scripted.Json(Feed("c2", more: true, "c1", "c2")), _ => Scripted.Json(Feed("c9", more: false, "c9")));

        var cursors = new List<string>();
        await foreach (var told in server.Client().EnumerateEventsAsync(types: ["file.ingested"]))
            cursors.Add(told.Cursor);

        Assert.Equal(["c1", "c2", "c9"], cursors);
        Assert.Equal("/v1/events?after=c2&type=file.ingested", server.Asked[1].RequestUri!.PathAndQuery);
    }

    [Fact]
    public async Task Events_are_followed_over_broken_connections_behind_the_last_one()
    {
        var server = new Scripted(
            _ => Scripted.Events(Sent("c1") + Sent("c2")),
            _ => throw new HttpRequestException("The connection is refused."),
            _ => Scripted.Refusal(HttpStatusCode.ServiceUnavailable, "unavailable", "5"),
            _ => Scripted.Events("event: still\nid: c7\ndata: null\n\n"),
            _ => Scripted.Events(Sent("c8") + "event: file.ingested\nid: c9\ndata: {\"cut"),
            _ => Scripted.Events(Sent("c9")));

        var cursors = new List<string>();
        await foreach (var told in server.Client().FollowEventsAsync(after: "c0", time: _time))
        {
            cursors.Add(told.Cursor);
            if (told.Cursor == "c9")
                break;
        }

        Assert.Equal(["c1", "c2", "c8", "c9"], cursors);
        Assert.Equal(["c0", "c2", "c2", "c2", "c7", "c8"], server.Asked.Select(request => Assert.Single(request.Headers.GetValues("Last-Event-ID"))));
        Assert.Equal(TimeSpan.FromSeconds(5), _time.Waits[2]);
        Assert.All(_time.Waits.Where((_, i) => i != 2), wait => Assert.InRange(wait.TotalSeconds, 0.75, 2));
    }

    [Fact]
    public async Task A_refusal_that_would_come_again_ends_the_following()
    {
        var server = new Scripted(_ => Scripted.Refusal(HttpStatusCode.Forbidden, "insufficient_scope"));
        var refusal = await Assert.ThrowsAsync<QualityIngestException<Problem>>(
            async () => await server.Client().FollowEventsAsync(time: _time).GetAsyncEnumerator().MoveNextAsync());
        Assert.Equal("insufficient_scope", refusal.Code);
    }

    [Fact]
    public async Task Following_ends_when_the_caller_says_so()
    {
        using var end = new CancellationTokenSource();
        var server = new Scripted(_ => Scripted.Events(Sent("c1")));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var told in server.Client().FollowEventsAsync(time: TimeProvider.System, cancellationToken: end.Token))
                await end.CancelAsync();
        });
    }

    [Fact]
    public async Task A_download_is_read_as_it_comes_and_says_what_it_is()
    {
        var server = new Scripted(_ =>
        {
            var answer = new HttpResponseMessage { Content = new StringContent("id\r\n", Encoding.UTF8, "text/csv") };
            answer.Content.Headers.TryAddWithoutValidation("Content-Disposition", "attachment; filename=\"../conversations.csv\"");
            answer.Content.Headers.ContentLength = 4;
            return answer;
        });

        using var table = await server.Client().ExportConversationTableAsync();

        Assert.Equal(("conversations.csv", "text/csv; charset=utf-8", 4), (table.FileName, table.ContentType, table.Length));
    }

    private static string Page(string? next, params string[] names) => JsonSerializer.Serialize(new
    {
        items = names.Select(name => new { id = Guid.Empty, name, version = 1, createdAt = DateTimeOffset.UnixEpoch, updatedAt = DateTimeOffset.UnixEpoch }),
        nextCursor = next,
    });

    private static string Feed(string next, bool more, params string[] cursors) =>
        $$"""{"items":[{{string.Join(',', cursors.Select(Event))}}],"next":"{{next}}","more":{{(more ? "true" : "false")}}}""";

    private static string Sent(string cursor) => $"event: file.ingested\nid: {cursor}\ndata: {Event(cursor)}\n\n";

    private static string Event(string cursor) =>
        """{"cursor":"*","id":"e-*","type":"file.ingested","timestamp":"2026-05-04T12:00:00Z","data":{"url":"/","connectorId":null,"version":1,"about":"linked"}}"""
            .Replace("*", cursor, StringComparison.Ordinal);
}
