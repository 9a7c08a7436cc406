namespace QualityIngest.Api.Tests.Security.Canaries;

/// <summary>Keeps every answer that a client gets, but for the call that is meant to show a secret.</summary>
internal sealed class Listening(Evidence evidence) : DelegatingHandler(new HttpClientHandler())
{
    /// <summary>Says on a request that its answer shows a secret, as it should.</summary>
    public static readonly HttpRequestOptionsKey<bool> Shows = new("shows");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        if (!request.Options.TryGetValue(Shows, out var shows) || !shows)
        {
            evidence.Answers.Enqueue(
                $"{request.Method} {string.Concat(request.RequestUri!.Segments.Take(4))} {(int)response.StatusCode} {response.Headers} {response.Content.Headers} {await response.Content.ReadAsStringAsync(cancellationToken)}");
        }

        return response;
    }
}
