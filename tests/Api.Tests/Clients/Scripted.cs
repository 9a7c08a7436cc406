using System.Net;
using System.Text;

namespace QualityIngest.Api.Tests.Clients;

/// <summary>A server that answers as it is told, one answer a request, and remembers what it was asked.</summary>
internal sealed class Scripted(params Func<HttpRequestMessage, HttpResponseMessage>[] answers) : HttpMessageHandler
{
    /// <summary>The root that clients are given.</summary>
    public static readonly Uri Root = new("https://ingest.example/");

    /// <summary>What was asked, in order.</summary>
    public List<HttpRequestMessage> Asked { get; } = [];

    /// <summary>A client that asks here, through handlers of its own where there are any.</summary>
    public QualityIngest.Client.QualityIngestClient Client(DelegatingHandler? through = null)
    {
        if (through is not null)
            through.InnerHandler = this;
        return new(new HttpClient(through ?? (HttpMessageHandler)this) { BaseAddress = Root });
    }

    public static HttpResponseMessage Json(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    public static HttpResponseMessage Refusal(HttpStatusCode status, string code, string? retryAfter = null)
    {
        var body = $$"""{"type":"urn:qualityingest:problem:{{code}}","title":"No","status":{{(int)status}},"code":"{{code}}","detail":"Not now.","traceId":null,"errors":[]}""";
        var answer = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/problem+json") };
        if (retryAfter is not null)
            answer.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        return answer;
    }

    public static HttpResponseMessage Events(string text) => new(HttpStatusCode.OK)
    {
        Content = new StringContent(text, Encoding.UTF8, "text/event-stream"),
    };

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Asked.Add(request);
        Assert.True(Asked.Count <= answers.Length, $"Nobody expected {request.Method} {request.RequestUri}.");
        return Task.FromResult(answers[Asked.Count - 1](request));
    }
}
