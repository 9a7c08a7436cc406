using System.Net;
using System.Text;
using System.Text.Json;

namespace QualityIngest.Api.Tests.GraphQL;

/// <summary>What the audits of the specification leave open, or the house adds.</summary>
public sealed class HttpTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string GraphQL = "application/graphql-response+json", Json = "application/json";

    [SkippableTheory]
    [InlineData("[{\"query\":\"{ __typename }\"}]", 400, "BATCHING_UNSUPPORTED")]
    [InlineData("\"{ __typename }\"", 400, "INVALID_JSON")]
    [InlineData("{\"query\":\"{ __typename }\",\"query\":\"{ __typename }\"}", 400, "INVALID_JSON")]
    [InlineData("{\"query\":\"{ __typename }\",\"variables\":{\"a\":\"\\ud800\"}}", 400, "INVALID_JSON")]
    [InlineData("{\"query\":\"{ __typename }\",\"id\":\"1\"}", 400, "UNKNOWN_PARAMETER")]
    [InlineData("{\"query\":\"\"}", 400, "MISSING_QUERY")]
    [InlineData("{\"query\":null}", 400, "MISSING_QUERY")]
    [InlineData("{\"query\":\"{\"}", 400, "GRAPHQL_PARSE_FAILED")]
    [InlineData("{\"query\":\"{ nothing }\"}", 400, "GRAPHQL_VALIDATION_FAILED")]
    [InlineData("{\"query\":\"mutation { a }\"}", 400, null)]
    public async Task What_cannot_be_asked_is_refused_by_name(string body, int status, string? code)
    {
        using var client = await Client();

        var (answered, answer) = await Send(client, Post(body));

        Assert.Equal(status, answered);
        Assert.False(answer.TryGetProperty("data", out _));
        var error = answer.GetProperty("errors")[0];
        Assert.NotEqual("", error.GetProperty("message").GetString());
        if (code is not null)
            Assert.Equal(code, error.GetProperty("extensions").GetProperty("code").GetString());
    }

    [SkippableTheory]
    [InlineData("text/plain")]
    [InlineData("application/graphql")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    public async Task Another_type_of_body_is_refused(string type)
    {
        using var client = await Client();
        using var request = Post("{\"query\":\"{ __typename }\"}");
        request.Content!.Headers.Remove("Content-Type");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);

        var (status, answer) = await Send(client, request);

        Assert.Equal((415, "UNSUPPORTED_MEDIA_TYPE"), (status, Code(answer)));
    }

    [SkippableTheory]
    [InlineData("PUT", null, "GET, HEAD, OPTIONS, POST")]
    [InlineData("DELETE", null, "GET, HEAD, OPTIONS, POST")]
    [InlineData("GET", "mutation { a }", "POST")]
    [InlineData("GET", "subscription { a }", "POST")]
    public async Task Another_method_is_refused_with_those_that_are_taken(string method, string? query, string allowed)
    {
        using var client = await Client();
        using var request = new HttpRequestMessage(new(method), query is null ? "graphql" : $"graphql?query={Uri.EscapeDataString(query)}");
        using var answer = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(allowed, string.Join(", ", answer.Content.Headers.Allow.Order()));
        Assert.Equal("METHOD_NOT_ALLOWED", Code(JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement));
    }

    [SkippableTheory]
    [InlineData("query=%7B%0A%09__typename%7D", 200, null)]
    [InlineData("query=query+A%7Ba%3A__typename%7Dquery+B%7Bb%3A__typename%7D&operationName=B&variables=&extensions=%7B%7D", 200, null)]
    [InlineData("query=%7B__typename%7D&variables=%7B", 400, "INVALID_JSON")]
    [InlineData("query=%7B__typename%7D&variables=%5B%5D", 400, "INVALID_PARAMETER")]
    [InlineData("query=%7B__typename%7D&query=%7B__typename%7D", 400, "INVALID_PARAMETER")]
    [InlineData("query=%7B__typename%7D&nothing=1", 400, "UNKNOWN_PARAMETER")]
    [InlineData("", 400, "MISSING_QUERY")]
    public async Task A_get_asks_by_its_parameters(string parameters, int status, string? code)
    {
        using var client = await Client();

        var (answered, answer) = await Send(client, new(HttpMethod.Get, $"graphql?{parameters}"));

        Assert.Equal(status, answered);
        if (code is not null)
            Assert.Equal(code, Code(answer));
    }

    [SkippableTheory]
    [InlineData(null, Json)]
    [InlineData("*/*", Json)]
    [InlineData("application/*", Json)]
    [InlineData("application/json", Json)]
    [InlineData("application/graphql-response+json", GraphQL)]
    [InlineData("application/graphql-response+json, application/json", GraphQL)]
    [InlineData("application/json, application/graphql-response+json;q=0.5", Json)]
    [InlineData("application/graphql-response+json;q=0, */*", Json)]
    [InlineData("text/html, */*;q=0.1", Json)]
    public async Task The_answer_has_the_type_that_the_client_likes_most(string? accept, string type)
    {
        using var client = await Client();
        using var request = Post("{\"query\":\"{ __typename }\"}", accept);
        using var answer = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal($"{type}; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
    }

    [SkippableTheory]
    [InlineData("text/html")]
    [InlineData("application/graphql-response+json;q=0")]
    [InlineData("application/json;charset=utf-16")]
    public async Task A_client_that_takes_neither_type_is_told_so(string accept)
    {
        using var client = await Client();

        var (status, answer) = await Send(client, Post("{\"query\":\"{ __typename }\"}", accept));

        Assert.Equal((406, "NOT_ACCEPTABLE"), (status, Code(answer)));
    }

    [SkippableFact]
    public async Task A_body_of_more_than_a_mebibyte_is_refused()
    {
        using var client = await Client();

        var (status, answer) = await Send(client, Post($"{{\"query\":\"{{ __typename }} #{new string('x', 1_048_576)}\"}}"));

        Assert.Equal((413, "BODY_TOO_LARGE"), (status, Code(answer)));
    }

    [SkippableTheory]
    [InlineData(null, "MISSING_KEY")]
    [InlineData("qi_nonsense", "INVALID_KEY")]
    public async Task Without_a_key_that_works_nothing_is_asked(string? key, string code)
    {
        using var client = host.Http(key);

        var (status, answer) = await Send(client, Post("{\"query\":\"{ __typename }\"}"));

        Assert.Equal((401, code), (status, Code(answer)));
    }

    [SkippableFact]
    public async Task A_client_of_plain_json_reads_errors_under_200()
    {
        using var client = await Client();

        Assert.Equal(200, (await Send(client, Post("{\"query\":\"{ nothing }\"}", Json))).Status);
        Assert.Equal(400, (await Send(client, Post("{", Json))).Status);
    }

    private async Task<HttpClient> Client() => host.Http((await host.NewTenant(GraphQLHost.Everything)).Secret);

    private static HttpRequestMessage Post(string body, string? accept = GraphQL)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "graphql") { Content = new StringContent(body, Encoding.UTF8, Json) };
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        return request;
    }

    private static async Task<(int Status, JsonElement Body)> Send(HttpClient client, HttpRequestMessage request)
    {
        using (request)
        using (var answer = await client.SendAsync(request))
            return ((int)answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement);
    }

    private static string? Code(JsonElement answer) => answer.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString();
}
