using System.Net;
using System.Text;
using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Clients;

/// <summary>What the C# client says of a call that was not done.</summary>
public sealed class RefusalTests(ApiHost host) : IClassFixture<ApiHost>
{
    [SkippableFact]
    public async Task A_refusal_names_status_code_and_the_parts_that_are_wrong()
    {
        var client = (await host.NewTenant()).Client;

        var refusal = await Assert.ThrowsAsync<QualityIngestException<Problem>>(() => client.CreateQueueAsync(new QueueInput { Name = " " }));

        Assert.Equal((422, "invalid"), (refusal.StatusCode, refusal.Code));
        Assert.NotEmpty(refusal.Errors);
        Assert.Same(refusal.Result, refusal.Problem);
        Assert.StartsWith("422 invalid: ", refusal.Message, StringComparison.Ordinal);
        Assert.Null(refusal.RetryAfter);
    }

    [SkippableFact]
    public async Task A_version_that_the_caller_has_is_not_sent_again()
    {
        var client = (await host.NewTenant()).Client;
        var queue = await client.CreateQueueAsync(new QueueInput { Name = "Sales" });

        var answer = await Assert.ThrowsAsync<QualityIngestException>(() => client.GetQueueAsync(queue.Id, QualityIngestClient.ETag(queue.Version)));
        Assert.True(answer.IsNotModified);
        Assert.Null(await QualityIngestClient.IfChanged(() => client.GetQueueAsync(queue.Id, QualityIngestClient.ETag(queue.Version))));
        Assert.Equal(queue, await QualityIngestClient.IfChanged(() => client.GetQueueAsync(queue.Id, QualityIngestClient.ETag(9))));
    }

    [Fact]
    public async Task An_answer_of_something_else_has_a_status_and_no_code()
    {
        var server = new Scripted(_ => new(HttpStatusCode.BadGateway) { Content = new StringContent("<html>", Encoding.UTF8, "text/html") });

        var refusal = await Assert.ThrowsAsync<QualityIngestException>(() => server.Client().ListQueuesAsync());

        Assert.Equal((502, null, null), (refusal.StatusCode, refusal.Code, refusal.Problem));
        Assert.Empty(refusal.Errors);
        Assert.DoesNotContain("html", refusal.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_query_is_answered_in_the_callers_words_and_its_faults_are_told()
    {
        var client = (await host.NewTenant("conversations:read")).Client;

        var answer = await client.QueryAsync<Counted>(
            "query Q($status: ConversationStatus) { conversationStats(filter: { status: { eq: $status } }) { count } }",
            new { status = "COMPLETED" });
        Assert.Equal(0, Assert.Single(answer.ConversationStats).Count);

        var refused = await Assert.ThrowsAsync<GraphQLException>(() => client.QueryAsync<Counted>("{ connectors { nodes { id } } }"));
        Assert.Equal("INSUFFICIENT_SCOPE", Assert.Single(refused.Errors).Code);
        await Assert.ThrowsAsync<GraphQLException>(() => host.Client("qi_unknown").QueryAsync<Counted>("{ __typename }"));
    }

    [Fact]
    public async Task A_query_that_never_arrived_is_refused_like_any_call()
    {
        var server = new Scripted(_ => Scripted.Refusal(HttpStatusCode.TooManyRequests, "rate_limited", "3"));
        var refusal = await Assert.ThrowsAsync<QualityIngestException<Problem>>(() => server.Client().QueryAsync<Counted>("{ __typename }"));
        Assert.Equal(("rate_limited", TimeSpan.FromSeconds(3)), (refusal.Code, refusal.RetryAfter));
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests, """{"errors":[{"message":"Wait.","extensions":{"code":"RATE_LIMITED"}}]}""", "rate_limited")]
    [InlineData(HttpStatusCode.ServiceUnavailable, """{"errors":[{"message":"Away.","extensions":{"code":"UNAVAILABLE"}}]}""", "unavailable")]
    [InlineData(HttpStatusCode.ServiceUnavailable, """{"message":"No node."}""", null)]
    public async Task A_query_that_has_to_wait_is_told_how_long_in_whatever_form(HttpStatusCode status, string body, string? code)
    {
        var server = new Scripted(_ =>
        {
            var answer = Scripted.Json(body, status);
            answer.Headers.TryAddWithoutValidation("Retry-After", "3");
            return answer;
        });

        var refusal = await Assert.ThrowsAnyAsync<QualityIngestException>(() => server.Client().QueryAsync<Counted>("{ __typename }"));

        Assert.Equal(((int)status, code, TimeSpan.FromSeconds(3)), (refusal.StatusCode, refusal.Code, refusal.RetryAfter));
    }

    private sealed record Counted(IReadOnlyList<Group> ConversationStats);

    private sealed record Group(int Count);
}
