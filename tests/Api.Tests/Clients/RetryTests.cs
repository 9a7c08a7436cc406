using System.Net;
using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Clients;

/// <summary>The C# client makes a call again that may be made twice, when it is asked to, and no other.</summary>
public sealed class RetryTests
{
    private const string Page = """{"items":[],"nextCursor":null}""";
    private static readonly QueueInput Sales = new() { Name = "Sales" };
    private readonly SkippedTime _time = new();

    [Fact]
    public async Task A_read_is_made_again_after_as_long_as_the_answer_asks()
    {
        var server = new Scripted(_ => Busy("2"), _ => Busy("Mon, 04 May 2026 12:00:07 GMT", HttpStatusCode.ServiceUnavailable), _ => Scripted.Json(Page));

        await server.Client(Retry()).ListQueuesAsync();

        Assert.Equal(3, server.Asked.Count);
        Assert.Collection(_time.Waits, first => Within(2, first), second => Within(7, second));
    }

    [Fact]
    public async Task Without_a_word_of_when_the_waits_double()
    {
        var server = new Scripted(_ => Busy(null), _ => Busy(null), _ => Busy(null), _ => Scripted.Json(Page));

        await server.Client(Retry()).ListQueuesAsync();

        Assert.Collection(_time.Waits, first => Within(0.5, first), second => Within(1, second), third => Within(2, third));
    }

    [Fact]
    public async Task When_no_try_is_left_the_last_refusal_is_told()
    {
        var server = new Scripted(_ => Busy("0"), _ => Busy("0"), _ => Busy("9"));

        var refusal = await Assert.ThrowsAsync<QualityIngestException<Problem>>(() => server.Client(Retry(retries: 2)).ListQueuesAsync());

        Assert.Equal((429, "rate_limited", TimeSpan.FromSeconds(9)), (refusal.StatusCode, refusal.Code, refusal.RetryAfter));
        Assert.Equal(3, server.Asked.Count);
    }

    [Fact]
    public async Task A_wait_that_is_too_long_is_the_callers()
    {
        var server = new Scripted(_ => Busy("31"));
        await Assert.ThrowsAsync<QualityIngestException<Problem>>(() => server.Client(Retry()).ListQueuesAsync());
        Assert.Empty(_time.Waits);
    }

    [Fact]
    public async Task A_replacement_and_a_removal_are_made_again()
    {
        var server = new Scripted(_ => Busy("0"), _ => Scripted.Json(Queue()), _ => Busy("0"), _ => new(HttpStatusCode.NoContent));
        var client = server.Client(Retry());

        await client.ReplaceQueueAsync(Guid.Empty, QualityIngestClient.ETag(1), Sales);
        await client.DeleteQueueAsync(Guid.Empty, QualityIngestClient.ETag(2));

        Assert.Equal(["PUT", "PUT", "DELETE", "DELETE"], server.Asked.Select(request => request.Method.Method));
    }

    [Fact]
    public async Task A_creation_is_not_made_again_unless_it_carries_a_key()
    {
        var server = new Scripted(_ => Busy("0"));
        await Assert.ThrowsAsync<QualityIngestException<Problem>>(() => server.Client(Retry()).CreateQueueAsync(Sales));

        var keyed = new Scripted(_ => Busy("0"), _ => Scripted.Json(Queue(), HttpStatusCode.Created));
        await keyed.Client(Retry()).CreateQueueAsync(Sales, idempotencyKey: "once");
        Assert.Equal(["once", "once"], keyed.Asked.Select(request => Assert.Single(request.Headers.GetValues("Idempotency-Key"))));
    }

    [Fact]
    public async Task Other_refusals_are_told_at_once()
    {
        var server = new Scripted(_ => Scripted.Refusal(HttpStatusCode.InternalServerError, "internal"));
        await Assert.ThrowsAsync<QualityIngestException<Problem>>(() => server.Client(Retry()).ListQueuesAsync());
    }

    [Fact]
    public async Task A_body_that_is_a_stream_is_not_sent_twice()
    {
        var server = new Scripted(_ => Busy("0"));
        using var http = new HttpClient(new RetryHandler(server) { Time = _time });
        using var answer = await http.PutAsync(Scripted.Root, new StreamContent(new MemoryStream([1])));
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
    }

    private RetryHandler Retry(int retries = 3) => new() { Time = _time, MaxRetries = retries };

    private static void Within(double seconds, TimeSpan wait) => Assert.InRange(wait.TotalSeconds, seconds, seconds * 1.25);

    private static HttpResponseMessage Busy(string? retryAfter, HttpStatusCode status = HttpStatusCode.TooManyRequests) =>
        Scripted.Refusal(status, "rate_limited", retryAfter);

    private static string Queue() =>
        """{"id":"00000000-0000-0000-0000-000000000000","name":"Sales","version":2,"createdAt":"2026-05-04T12:00:00Z","updatedAt":"2026-05-04T12:00:00Z"}""";
}
