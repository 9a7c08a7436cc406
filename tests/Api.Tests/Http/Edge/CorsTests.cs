using System.Net;

namespace QualityIngest.Api.Tests.Http.Edge;

public sealed class CorsTests(CorsTests.Shared host, ApiHost alone) : IClassFixture<CorsTests.Shared>, IClassFixture<ApiHost>
{
    private const string App = "https://app.example.com";

    [SkippableTheory]
    [InlineData("v1/queues")]
    [InlineData("graphql")]
    public async Task A_page_of_a_known_origin_may_ask_and_read_what_it_needs(string path)
    {
        using var http = host.Http();
        using var request = Asking(HttpMethod.Options, App, path);
        request.Headers.Add("Access-Control-Request-Method", "PUT");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type,if-match,idempotency-key");
        using var preflight = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
        Assert.Equal(App, preflight.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Contains("PUT", string.Join(",", preflight.Headers.GetValues("Access-Control-Allow-Methods")), StringComparison.Ordinal);
        Assert.Contains("Idempotency-Key", string.Join(",", preflight.Headers.GetValues("Access-Control-Allow-Headers")), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("600", preflight.Headers.GetValues("Access-Control-Max-Age").Single());

        using var refused = await http.SendAsync(Asking(HttpMethod.Get, App, path));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(App, refused.Headers.GetValues("Access-Control-Allow-Origin").Single());
        var shown = string.Join(",", refused.Headers.GetValues("Access-Control-Expose-Headers"));
        Assert.All(["ETag", "Location", "Retry-After", "RateLimit", "RateLimit-Policy", "X-Request-Id", "traceresponse"], name => Assert.Contains(name, shown, StringComparison.Ordinal));
        Assert.False(refused.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [SkippableFact]
    public async Task A_page_of_another_origin_may_not()
    {
        using var http = host.Http();
        using var answer = await http.SendAsync(Asking(HttpMethod.Get, "https://elsewhere.example.com"));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [SkippableFact]
    public async Task Without_configuration_no_page_may()
    {
        using var http = alone.Http();
        using var answer = await http.SendAsync(Asking(HttpMethod.Get, App));
        using var options = await http.SendAsync(Asking(HttpMethod.Options, App));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.False(options.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData(true, "https://app.example.com", "http://localhost:3000")]
    [InlineData(true, "*")]
    [InlineData(false, "*", "https://app.example.com")]
    [InlineData(false, "https://app.example.com/")]
    [InlineData(false, "app.example.com")]
    [InlineData(false, "https://app.example.com/path")]
    public void An_origin_is_written_as_browsers_write_it(bool valid, params string[] origins) =>
        Assert.Equal(valid, new Api.Http.Edge.CorsOptions { Origins = origins }.IsValid);

    private static HttpRequestMessage Asking(HttpMethod method, string origin, string path = "v1/queues") => new(method, path) { Headers = { { "Origin", origin } } };

    /// <summary>A host that lets one origin in.</summary>
    public sealed class Shared : ApiHost
    {
        /// <inheritdoc/>
        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?> { ["Cors:Origins:0"] = App };
    }
}
