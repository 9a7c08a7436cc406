using System.Net;
using System.Net.Http.Json;
using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Http.Edge;

public sealed class AnswerTests(AnswerTests.Public host) : IClassFixture<AnswerTests.Public>
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    [SkippableTheory]
    [InlineData("health/live")]
    [InlineData("openapi/v1.json")]
    [InlineData("v1/queues")]
    [InlineData("v1/nothing")]
    [InlineData("swagger/index.html")]
    public async Task Every_answer_has_a_name_and_its_place_in_a_trace(string path)
    {
        using var http = host.Http();
        using var answer = await http.GetAsync(path);
        Assert.Matches("^[0-9a-f]{32}$", answer.Headers.GetValues("X-Request-Id").Single());
        Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$", answer.Headers.GetValues("traceresponse").Single());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("https", "max-age=31536000")]
    [InlineData("http", null)]
    [InlineData(null, null)]
    public async Task Browsers_are_told_to_come_back_over_TLS_where_they_came_over_TLS(string? scheme, string? told)
    {
        using var http = host.Http();
        if (scheme is not null)
            http.DefaultRequestHeaders.Add("X-Forwarded-Proto", scheme);
        using var answer = await http.GetAsync("health/live");
        Assert.Equal(told, answer.Headers.TryGetValues("Strict-Transport-Security", out var values) ? values.Single() : null);
    }

    [SkippableFact]
    public async Task The_page_of_the_document_keeps_no_key()
    {
        using var http = host.Http();
        foreach (var file in new[] { "swagger/index.html", "swagger/index.js" })
            Assert.DoesNotMatch("(?i)\"?persistAuthorization\"?\\s*:\\s*true", await http.GetStringAsync(new Uri(file, UriKind.Relative)));
    }

    [SkippableFact]
    public async Task A_request_keeps_the_name_and_the_trace_that_it_came_with()
    {
        using var http = host.Http("nonsense");
        http.DefaultRequestHeaders.Add("X-Request-Id", "order-17.retry_2");
        http.DefaultRequestHeaders.Add("traceparent", $"00-{Trace}-00f067aa0ba902b7-01");
        using var answer = await http.GetAsync("v1/queues");

        Assert.Equal("order-17.retry_2", answer.Headers.GetValues("X-Request-Id").Single());
        Assert.StartsWith($"00-{Trace}-", answer.Headers.GetValues("traceresponse").Single(), StringComparison.Ordinal);
        Assert.Equal(Trace, (await answer.Content.ReadFromJsonAsync<Problem>())!.TraceId);
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [SkippableTheory]
    [InlineData("two words")]
    [InlineData("a\"quote")]
    [InlineData("")]
    public async Task A_name_that_could_do_harm_in_a_log_is_replaced(string name)
    {
        using var http = host.Http();
        http.DefaultRequestHeaders.TryAddWithoutValidation("X-Request-Id", name);
        using var answer = await http.GetAsync("health/live");
        Assert.Matches("^[0-9a-f]{32}$", answer.Headers.GetValues("X-Request-Id").Single());
    }

    [SkippableTheory]
    [InlineData("v1/queues")]
    [InlineData("v1/queues/00000000-0000-0000-0000-000000000000")]
    [InlineData("v1/queues?nonsense=1")]
    [InlineData("v1/queues?limit=1000")]
    [InlineData("v1/conversations/export.csv")]
    [InlineData("v1/conversations/export.jsonl")]
    [InlineData("v1/nothing")]
    [InlineData("health/ready")]
    [InlineData("openapi/v1.json")]
    [InlineData("graphql?query={__typename}")]
    public async Task HEAD_is_answered_like_GET_without_the_body(string path)
    {
        using var http = host.Http((await host.NewTenant()).Secret);
        using var get = await http.GetAsync(path);
        using var head = await http.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));

        Assert.Equal(get.StatusCode, head.StatusCode);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Equal(Names(get), Names(head));
    }

    [SkippableFact]
    public async Task HEAD_tells_whether_a_version_is_known()
    {
        var tenant = await host.NewTenant();
        var queue = await tenant.Client.CreateQueueAsync(new QueueInput { Name = "Sales" });
        using var http = host.Http(tenant.Secret);
        using var head = await http.SendAsync(new HttpRequestMessage(HttpMethod.Head, $"v1/queues/{queue.Id}"));
        Assert.Equal("\"1\"", head.Headers.ETag?.Tag);

        using var request = new HttpRequestMessage(HttpMethod.Head, $"v1/queues/{queue.Id}") { Headers = { { "If-None-Match", "\"1\"" } } };
        using var known = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
    }

    [SkippableFact]
    public async Task HEAD_of_a_stream_of_events_ends()
    {
        using var http = host.Http((await host.NewTenant()).Secret);
        using var head = await http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "v1/events/stream"));
        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (head.StatusCode, head.Content.Headers.ContentType?.MediaType));
    }

    [SkippableTheory]
    [InlineData("v1/queues", "GET, HEAD, OPTIONS, POST")]
    [InlineData("v1/queues/00000000-0000-0000-0000-000000000000", "DELETE, GET, HEAD, OPTIONS, PUT")]
    [InlineData("v1/queues/00000000-0000-0000-0000-000000000000/nothing", null)]
    [InlineData("openapi/v1.json", "GET, HEAD, OPTIONS")]
    public async Task OPTIONS_tells_what_a_path_takes_and_so_does_a_refusal(string path, string? allowed)
    {
        using var http = host.Http();
        using var options = await http.SendAsync(new HttpRequestMessage(HttpMethod.Options, path));
        using var refused = await http.SendAsync(new HttpRequestMessage(HttpMethod.Patch, path));

        Assert.Equal(allowed is null ? HttpStatusCode.NotFound : HttpStatusCode.NoContent, options.StatusCode);
        Assert.Equal(allowed is null ? HttpStatusCode.NotFound : HttpStatusCode.MethodNotAllowed, refused.StatusCode);
        Assert.Equal(allowed ?? "", string.Join(", ", options.Content.Headers.Allow));
        Assert.Equal(allowed ?? "", string.Join(", ", refused.Content.Headers.Allow));
    }

    // What a query asks for may need a key; that a page may ask does not.
    [SkippableTheory]
    [InlineData("graphql")]
    [InlineData("v1/queues")]
    public async Task OPTIONS_needs_no_key(string path)
    {
        using var http = host.Http();
        using var request = new HttpRequestMessage(HttpMethod.Options, path);
        request.Headers.Add("Origin", "https://elsewhere.example.com");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        using var answer = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("GET, HEAD, OPTIONS, POST", string.Join(", ", answer.Content.Headers.Allow));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    // What changes with every answer or says how the body is framed is not compared.
    private static IEnumerable<string> Names(HttpResponseMessage answer) =>
        answer.Headers.Select(header => header.Key).Except(["Transfer-Encoding"]).Order(StringComparer.Ordinal);

    /// <summary>A host that browsers come back to over TLS alone, behind a proxy that tells how they came.</summary>
    public sealed class Public : ApiHost
    {
        /// <inheritdoc/>
        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?> { ["Hsts:Days"] = "365", ["ForwardedHeaders_Enabled"] = "true" };
    }
}
