using System.Net;
using System.Text.RegularExpressions;

namespace QualityIngest.Api.Tests.GraphQL;

public sealed partial class ExplorerTests(ApiHost host) : IClassFixture<ApiHost>
{
    [SkippableFact]
    public async Task A_browser_gets_a_page_that_runs_nothing_but_itself()
    {
        using var client = host.Http();
        using var request = new HttpRequestMessage(HttpMethod.Get, "graphql");
        request.Headers.TryAddWithoutValidation("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        using var answer = await client.SendAsync(request);
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("/*s", page, StringComparison.Ordinal);
        Assert.DoesNotMatch(Elsewhere(), page);
    }

    [SkippableFact]
    public async Task A_page_is_for_browsers_that_ask_nothing_yet()
    {
        using var client = host.Http();
        using var request = new HttpRequestMessage(HttpMethod.Get, "graphql?query=%7B__typename%7D");
        request.Headers.TryAddWithoutValidation("Accept", "text/html");
        using var asked = await client.SendAsync(request);
        using var plain = await client.GetAsync("graphql");

        Assert.Equal(HttpStatusCode.Unauthorized, asked.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, plain.StatusCode);
    }

    [GeneratedRegex(@"(src|href)=|@import|url\(|https?://(?!127)")]
    private static partial Regex Elsewhere();
}
